import { figure } from '#shared/words/format.models.ts';
import { Button } from './button.tsx';
import { chosenIn, type FacetGroup, type FacetValue, toggled } from './facets.models.ts';
import { Disclosure } from './disclosure.tsx';
import styles from './facets.module.css';

type Props = {
  groups: readonly FacetGroup[];
  value: FacetValue;
  onChange: (value: FacetValue) => void;
};

/** Filters with the count that each would leave; the choice belongs into the URL. */
export function Facets({ groups, value, onChange }: Props) {
  return (
    <div role="group" aria-label="Filters" className={styles['facets']}>
      {groups.map((group) => (
        <Group key={group.id} group={group} value={value} onChange={onChange} />
      ))}
      {chosenIn(value) > 0 && (
        <Button look="quiet" size="small" onClick={() => onChange({})}>
          Clear filters
        </Button>
      )}
    </div>
  );
}

function Group({ group, value, onChange }: { group: FacetGroup } & Omit<Props, 'groups'>) {
  const chosen = value[group.id] ?? [];
  const names = group.options.filter((one) => chosen.includes(one.value)).map((one) => one.label);
  const unseen = chosen.length - names.length;
  const label =
    names.length === 0 && unseen === 0 ? group.label : `${group.label}: ${summary(names, unseen)}`;
  return (
    <Disclosure label={label} active={chosen.length > 0}>
      <fieldset className={styles['group']}>
        <legend>{group.label}</legend>
        {group.options.length === 0 && <p className={styles['none']}>Nothing to choose from.</p>}
        {group.options.map((option) => (
          <label key={option.value} className={styles['option']}>
            <input
              type="checkbox"
              checked={chosen.includes(option.value)}
              onChange={() => onChange(toggled(value, group, option.value))}
            />
            <bdi>{option.label}</bdi>
            <span className={styles['count']}>{figure(option.count)}</span>
          </label>
        ))}
      </fieldset>
    </Disclosure>
  );
}

const summary = (names: readonly string[], unseen: number): string =>
  names.length === 1 && unseen === 0 ? (names[0] ?? '') : `${names.length + unseen} chosen`;
