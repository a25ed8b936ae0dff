import { useParams } from "wouter";
import { Page } from "../../kit/page.tsx";

export function IncidentPage() {
  const { number } = useParams<{ number: string }>();
  return <Page title={`INC-${number}`}>{null}</Page>;
}
