import { Search, X } from "lucide";
import { useEffect, useRef, useState } from "preact/hooks";
import { IconButton } from "../../components/button.tsx";
import { Icon } from "../../components/icon.tsx";

const TYPING_PAUSE_MS = 200;

export function SearchBox({ search, onSearch }: { search: string; onSearch: (search: string) => void }) {
  const [text, setText] = useState(search);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => setText(search), [search]);
  useEffect(() => {
    if (text.trim() === search) return;
    const timer = setTimeout(() => onSearch(text.trim()), TYPING_PAUSE_MS);
    return () => clearTimeout(timer);
  });
  return (
    <search class="inbox-search">
      <Icon node={Search} />
      <input
        ref={input}
        type="search"
        class="inbox-search-input"
        data-search
        value={text}
        placeholder="Search people and messages"
        aria-label="Search people and messages"
        title="Search (/)"
        onInput={(event) => setText(event.currentTarget.value)}
      />
      {text !== "" && (
        <IconButton
          small
          node={X}
          label="Clear search"
          onClick={() => {
            setText("");
            input.current?.focus();
          }}
        />
      )}
    </search>
  );
}
