import type { ComponentPropsWithRef } from 'react';
import { classNames } from './class-names.ts';
import { Icon, type IconName } from './icon.tsx';
import { Keys } from './keys.tsx';
import { Tooltip } from './tooltip.tsx';

export interface ButtonProps extends Omit<ComponentPropsWithRef<'button'>, 'disabled'> {
  readonly icon?: IconName;
  readonly look?: 'plain' | 'primary' | 'quiet' | 'danger' | 'quiet-danger';
  readonly size?: 'small' | 'normal' | 'large';
  /** Shown as keycaps: "Ctrl K". */
  readonly keys?: string;
  /** Greyed by `aria-disabled`: still focusable, so that its reason can be read and a press can lead there. */
  readonly unavailable?: boolean;
}

const looks = { plain: '', primary: 'primary', quiet: 'quiet', danger: 'danger', 'quiet-danger': 'quiet danger' };
const sizes = { small: 'sm', normal: '', large: 'lg' };

export function Button({ icon, look = 'plain', size = 'normal', keys, unavailable, ...rest }: ButtonProps) {
  const { className, children, ...button } = rest;
  return (
    <button
      type="button"
      {...button}
      className={classNames('btn', looks[look], sizes[size], className)}
      aria-disabled={unavailable || undefined}
      aria-keyshortcuts={keys?.replaceAll('Ctrl ', 'Control+')}
    >
      {icon && <Icon name={icon} small={size === 'small'} />}
      {children}
      {keys && <Keys keys={keys} />}
    </button>
  );
}

export interface IconButtonProps extends ComponentPropsWithRef<'button'> {
  readonly icon: IconName;
  /** What the button does; also its tooltip. */
  readonly label: string;
  readonly keys?: string;
  readonly size?: 'small' | 'normal';
  readonly iconClass?: string;
}

export function IconButton({ icon, label, keys, size = 'normal', iconClass, className, ...button }: IconButtonProps) {
  return (
    <Tooltip text={label} {...(keys ? { keys } : {})}>
      <button
        type="button"
        aria-label={label}
        {...button}
        className={classNames('ib', size === 'small' && 'sm', className)}
      >
        <Icon name={icon} small={size === 'small'} className={iconClass ?? ''} />
      </button>
    </Tooltip>
  );
}
