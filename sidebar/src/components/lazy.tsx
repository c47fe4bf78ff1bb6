import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import { ErrorCard, Skeleton } from "./state-cards.tsx";

interface LazyProps<P extends object> {
  load: () => Promise<ComponentType<P>>;
  props: P;
}

/** A part of the app that is fetched when it is first shown. */
export function Lazy<P extends object>({ load, props }: LazyProps<P>) {
  const [loaded, setLoaded] = useState<{ Part: ComponentType<P> } | null>(null);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    let left = false;
    load().then(
      (Part) => !left && setLoaded({ Part }),
      () => !left && setFailed(true),
    );
    return () => {
      left = true;
    };
  }, []);
  if (failed) {
    return (
      <ErrorCard
        message="This part could not be loaded. Check your connection; if Rolodesk was updated meanwhile, load the page again."
        onRetry={() => window.location.reload()}
      />
    );
  }
  if (!loaded) return <Skeleton lines={3} label="Loading" />;
  return <loaded.Part {...props} />;
}
