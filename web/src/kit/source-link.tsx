import { Link } from "wouter";
import { Icon } from "./icon.tsx";

/** A link that an alert brought: to a page of ours in this tab, to anything else beside it, with where it leads. */
export function SourceLink({ href, text }: { readonly href: string; readonly text: string }) {
  const url = URL.parse(href);
  if (url?.origin === location.origin)
    return (
      <Link href={`${url.pathname}${url.search}${url.hash}`}>
        {url.pathname.startsWith("/monitors/") && <Icon name="monitor" size={16} />} {text}
      </Link>
    );
  return (
    <a href={href} rel="noreferrer noopener" target="_blank">
      {text === href ? href : `${text} (${url?.host ?? href})`}
    </a>
  );
}
