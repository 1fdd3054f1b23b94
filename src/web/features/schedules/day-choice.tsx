import { type Weekday, weekdays } from '#shared/schedules/window.models.ts';
import { TextField } from '../../ui/text-field.tsx';
import styles from './schedules.module.css';

type Chosen = { days: readonly Weekday[]; from: string; to: string };

type Props = {
  legend: string;
  window: Chosen;
  onChange: (some: { days?: Weekday[]; from?: string; to?: string }) => void;
};

const dayNames = {
  mon: 'Mon',
  tue: 'Tue',
  wed: 'Wed',
  thu: 'Thu',
  fri: 'Fri',
  sat: 'Sat',
  sun: 'Sun',
} as const;

/** Days of the week, and from when to when. */
export function DayChoice({ legend, window, onChange }: Props) {
  const toggled = (day: Weekday, isOn: boolean) =>
    weekdays.filter((one) => (one === day ? isOn : window.days.includes(one)));
  return (
    <fieldset className={styles['window']}>
      <legend>{legend}</legend>
      {weekdays.map((day) => (
        <label key={day} className={styles['tick']}>
          <input
            type="checkbox"
            checked={window.days.includes(day)}
            onChange={(event) => onChange({ days: toggled(day, event.target.checked) })}
          />
          {dayNames[day]}
        </label>
      ))}
      <TextField
        label="From"
        type="time"
        value={window.from}
        onChange={(event) => onChange({ from: event.target.value })}
      />
      <TextField
        label="To"
        type="time"
        value={window.to}
        onChange={(event) => onChange({ to: event.target.value })}
      />
    </fieldset>
  );
}
