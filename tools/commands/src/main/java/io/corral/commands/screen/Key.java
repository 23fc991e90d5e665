package io.corral.commands.screen;

import org.jline.keymap.KeyMap;
import org.jline.terminal.Terminal;
import org.jline.utils.InfoCmp.Capability;

/** The actions of keys. */
enum Key {
    UP,
    DOWN,
    PAGE_UP,
    PAGE_DOWN,
    FIRST,
    LAST,
    FOLD,
    UNFOLD,
    TOGGLE,
    BY_CPU,
    BY_TIME,
    BY_ALLOCATION,
    BY_THREADS,
    BY_STARTS,
    BY_THROTTLED,
    BY_NAME,
    MEANWHILE,
    FILTER,
    HIERARCHY,
    NO_FILTER,
    QUIT;

    /** The longest pause between an escape character and the rest of a key's sequence. */
    private static final long ESCAPE_MILLIS = 50;

    static KeyMap<Key> on(Terminal terminal) {
        KeyMap<Key> keys = new KeyMap<>();
        keys.bind(UP, KeyMap.key(terminal, Capability.key_up), "k", "\033[A");
        keys.bind(DOWN, KeyMap.key(terminal, Capability.key_down), "j", "\033[B");
        keys.bind(PAGE_UP, KeyMap.key(terminal, Capability.key_ppage), "\033[5~");
        keys.bind(PAGE_DOWN, KeyMap.key(terminal, Capability.key_npage), "\033[6~");
        keys.bind(FIRST, KeyMap.key(terminal, Capability.key_home), "g", "\033[H");
        keys.bind(LAST, KeyMap.key(terminal, Capability.key_end), "G", "\033[F");
        keys.bind(FOLD, "-", KeyMap.key(terminal, Capability.key_left), "\033[D");
        keys.bind(UNFOLD, "+", KeyMap.key(terminal, Capability.key_right), "\033[C");
        keys.bind(TOGGLE, " ");
        keys.bind(BY_CPU, "c");
        keys.bind(BY_TIME, "p");
        keys.bind(BY_ALLOCATION, "m");
        keys.bind(BY_THREADS, "t");
        keys.bind(BY_STARTS, "f");
        keys.bind(BY_THROTTLED, "x");
        keys.bind(BY_NAME, "n");
        keys.bind(MEANWHILE, "w");
        keys.bind(FILTER, "/");
        keys.bind(HIERARCHY, "h");
        keys.bind(NO_FILTER, "\033");
        keys.setAmbiguousTimeout(ESCAPE_MILLIS);
        keys.bind(QUIT, "q", "Q", KeyMap.ctrl('C'));
        return keys;
    }
}
