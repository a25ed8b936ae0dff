import { Link } from "wouter";
import type { IncidentOverview } from "../../../../src/http/wire/incident.ts";
import { Chip } from "../../kit/marks.tsx";
import { Panel } from "../../kit/page.tsx";
import { SourceLink } from "../../kit/source-link.tsx";
import { Time } from "../../kit/time.tsx";
import { useWords } from "../../words/locale.tsx";
import { FlappingMark } from "../alerts/alert-marks.tsx";
import styles from "./panels.module.css";
import { words } from "./words.ts";

const SHOWN = 8;
const SERVICES_SHOWN = 12;

/** The alerts that make it up: what still fires first. */
export function AlertsPanel({ incident }: { readonly incident: IncidentOverview }) {
  const w = useWords(words);
  const { total, shown, services } = incident.alerts;
  return (
    <Panel title={w.alerts(total)}>
      {total === 0 ? (
        <p className={styles.quiet}>{w.noAlerts}</p>
      ) : (
        <div className={styles.list}>
          {services.length > 0 && (
            <ul className={styles.list} aria-label={w.services}>
              {services.slice(0, SERVICES_SHOWN).map(({ service, firing, total: all }) => (
                <li key={service} className={styles.name}>
                  <Link href={`/alerts?incident=${incident.number}&service=${encodeURIComponent(service)}`}>
                    {service}
                  </Link>
                  <span className={styles.quiet}>{w.ofService(firing, all)}</span>
                </li>
              ))}
              {services.length > SERVICES_SHOWN && (
                <li className={styles.quiet}>{w.moreServices(services.length - SERVICES_SHOWN)}</li>
              )}
            </ul>
          )}
          <ul className={styles.list}>
            {shown.slice(0, SHOWN).map((alert) => (
              <li key={alert.id}>
                <p className={styles.name}>
                  <Chip tone={alert.status === "resolved" ? "good" : alert.status === "silent" ? "warn" : "bad"}>
                    {w.alertStates[alert.status]}
                  </Chip>
                  {alert.flapping !== null && <FlappingMark flapping={alert.flapping} />}
                  <Link href={`/alerts?alert=${encodeURIComponent(alert.id)}`}>{alert.title}</Link>
                </p>
                <p className={styles.quiet}>
                  {w.times(alert.count)} · <Time at={alert.updatedAt} only="relative" />
                  {alert.severity !== null && ` · ${alert.severity}`}
                </p>
                {alert.links.map(({ href, text }) => (
                  <p key={href} className={styles.quiet}>
                    <SourceLink href={href} text={text} />
                  </p>
                ))}
              </li>
            ))}
            {total > SHOWN && (
              <li>
                <Link href={`/alerts?incident=${incident.number}`}>{w.moreAlerts(total - SHOWN)}</Link>
              </li>
            )}
          </ul>
        </div>
      )}
    </Panel>
  );
}
