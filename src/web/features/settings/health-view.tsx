import { useQuery } from '@tanstack/react-query';
import { size } from '#shared/words/format.models.ts';
import styles from '../../ui/objects.module.css';
import { Region } from '../../ui/region.tsx';
import { StateBadge } from '../../ui/state-badge.tsx';
import { healthQuery } from './settings.queries.ts';

/** What Lifeboat stands on, and what of it is broken. */
export function HealthView() {
  const query = useQuery(healthQuery);
  return (
    <Region title="Parts" query={query}>
      {({ version, parts, disk, clusters }) => (
        <table className={styles['objects']}>
          <caption className={styles['caption']}>Parts and their versions</caption>
          <thead>
            <tr>
              <th scope="col">State</th>
              <th scope="col">Part</th>
              <th scope="col">Version</th>
              <th scope="col">What is wrong</th>
            </tr>
          </thead>
          <tbody>
            <Part name="Lifeboat" version={version} problem={null} />
            {parts.map((part) => (
              <Part key={part.name} {...part} />
            ))}
            {disk && (
              <Part
                name="Disk of the data folder"
                version={`${size(disk.free)} of ${size(disk.total)} free`}
                problem={disk.nearlyFull ? 'It is nearly full.' : null}
              />
            )}
            {clusters.map(({ id, state, version: serves, problem }) => (
              <tr key={id}>
                <td className={styles['state']}>
                  <StateBadge state={state} />
                </td>
                <td>
                  Cluster <bdi>{id}</bdi>
                </td>
                <td>{serves}</td>
                <td className={styles['why']}>{problem}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Region>
  );
}

type PartProps = { name: string; version: string | null; problem: string | null };

function Part({ name, version, problem }: PartProps) {
  return (
    <tr>
      <td className={styles['state']}>
        <StateBadge state={problem === null ? 'available' : 'unavailable'} />
      </td>
      <td>{name}</td>
      <td>{version}</td>
      <td className={styles['why']}>{problem}</td>
    </tr>
  );
}
