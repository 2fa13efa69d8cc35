import { useId } from 'react';
import { Field } from './field';

/** A time zone by its IANA name, completed while it is typed. */
export function TimeZoneField(props: React.ComponentProps<typeof Field>) {
  const id = useId();
  return (
    <>
      <Field list={id} autoComplete="off" {...props} />
      <datalist id={id}>
        {Intl.supportedValuesOf('timeZone').map((zone) => (
          <option key={zone} value={zone} />
        ))}
      </datalist>
    </>
  );
}
