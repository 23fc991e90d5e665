package io.corral.runtime.placement;

import io.corral.runtime.notice.ControlCharacters;

/**
 * Makes names of containers from names of threads, without the parts that differ from thread to
 * thread or from start to start. These parts are left out, with the separators before them: a
 * number at the end, or after {@code #}, {@code thread-} or {@code Thread-}; a hexadecimal word of
 * six digits and more; a hash after {@code @}; a UUID. Other numbers stay, as do digits that are
 * joined to letters.
 *
 * <p>{@link #counted}, if no rule matches, {@link #hash} and {@link #matches} allocate nothing.
 */
public final class ThreadNames {

    /** The length of the longest name. Longer names are cut in the middle. */
    private static final int LONGEST = 100;

    private static final int KEPT_AT_END = 39;

    /**
     * The length of the longest name that is scanned completely. Of a longer name, only the
     * beginning and the end are scanned.
     */
    private static final int LONGEST_SCANNED = 400;

    private static final int SHORTEST_HEXADECIMAL = 6;
    private static final int UUID_LENGTH = 36;

    /** The number of digits after the last hyphen of a UUID. */
    private static final int UUIDS_END = 12;

    /** The common part of {@code thread-} and {@code Thread-}. */
    private static final String THREAD = "hread-";

    private static final String UNNAMED = "unnamed";

    /**
     * The name for threads called {@code virtual}, since the container of that name has another
     * meaning.
     */
    private static final String NAMED_VIRTUAL = "virtual_";

    /** The user's rules for names. They come before the default ones. */
    private static volatile NameRule[] usersRules = NameRule.NONE;

    private ThreadNames() {}

    static void usersRules(NameRule[] rules) {
        usersRules = rules;
    }

    static NameRule[] usersRules() {
        return usersRules;
    }

    /**
     * The length of the name without the number at its end. Names that are equal up to this length
     * have the same container, if the user has no rules for names. -1 if this may not hold.
     */
    static int lengthWithoutNumber(String threadName) {
        int length = threadName.length();
        int end = length;
        while (end > 0 && isDigit(threadName.charAt(end - 1))) {
            end--;
        }
        boolean isNumber = end > 0 && !Character.isLetterOrDigit(threadName.charAt(end - 1));
        boolean isKnown =
                length <= LONGEST && (end == length || (isNumber && length - end < UUIDS_END));
        return isKnown ? end : -1;
    }

    /**
     * The name that a name rule gives in place of a thread's name; the same name if no rule
     * matches.
     */
    static String counted(String threadName) {
        for (NameRule rule : usersRules) {
            String name = rule.apply(threadName);
            if (name != null) {
                return name;
            }
        }
        return DefaultRules.current().name(threadName);
    }

    /** The name of the container for a thread with this name. */
    public static String of(String threadName) {
        return scanned(counted(threadName));
    }

    static String scanned(String threadName) {
        String all = threadName.length() <= LONGEST_SCANNED
                ? threadName
                : threadName.substring(0, LONGEST_SCANNED / 2)
                        + threadName.substring(threadName.length() - LONGEST_SCANNED / 2);
        StringBuilder kept = new StringBuilder(Math.min(all.length(), LONGEST));
        for (int i = first(all); i < all.length(); i = next(all, i + 1, false)) {
            kept.append(mapped(all, i));
        }
        if (kept.length() == 0) {
            return UNNAMED;
        }
        if (kept.length() > LONGEST) {
            int end = kept.length() - KEPT_AT_END;
            int begin = LONGEST - KEPT_AT_END - 1;
            // A surrogate pair is not cut in half.
            begin -= Character.isHighSurrogate(kept.charAt(begin - 1)) ? 1 : 0;
            end += Character.isLowSurrogate(kept.charAt(end)) ? 1 : 0;
            kept.replace(begin, end, "…");
        }
        String name = kept.toString();
        return name.equals("virtual") ? NAMED_VIRTUAL : name;
    }

    /** A hash that is equal for all names with the same container, except for long names. */
    static int hash(String threadName) {
        int hash = 0;
        int end = threadName.length() <= LONGEST ? threadName.length() : 0;
        for (int i = first(threadName); i < end; i = next(threadName, i + 1, false)) {
            hash = 31 * hash + mapped(threadName, i);
        }
        return hash;
    }

    /** Whether {@link #scanned} gives this name; false for some long names. */
    static boolean matches(String threadName, String name) {
        int length = threadName.length();
        if (length > LONGEST) {
            return false;
        }
        int matched = 0;
        for (int i = first(threadName); i < length; i = next(threadName, i + 1, false)) {
            if (matched == name.length() || mapped(threadName, i) != name.charAt(matched++)) {
                return false;
            }
        }
        return matched == name.length();
    }

    /**
     * A container's name without its numbers, which is the same for all variants. Digits before a
     * letter are kept. Returns the same object if there is no number.
     */
    static String shape(String name) {
        StringBuilder shape = null;
        int at = 0;
        while (at < name.length()) {
            int end = at;
            while (end < name.length() && isDigit(name.charAt(end))) {
                end++;
            }
            if (end > at && (end == name.length() || !Character.isLetter(name.charAt(end)))) {
                if (shape == null) {
                    shape = new StringBuilder(name.length()).append(name, 0, at);
                }
                int last = shape.length() - 1;
                if (last >= 0
                        && isSeparator(shape.charAt(last))
                        && (end == name.length() || isSeparator(name.charAt(end)))) {
                    shape.setLength(last);
                }
            } else {
                end = Math.max(end, at + 1);
                if (shape != null) {
                    shape.append(name, at, end);
                }
            }
            at = end;
        }
        return shape == null ? name : shape.length() == 0 ? UNNAMED : shape.toString();
    }

    private static int first(String name) {
        return next(name, 0, true);
    }

    /**
     * The position of the next character to keep, from {@code from} on; the length of the name if
     * there is none.
     *
     * @param isFirst whether no character before is kept: then separators are not kept either
     */
    private static int next(String name, int from, boolean isFirst) {
        int at = from;
        while (true) {
            int word = afterSeparators(name, at);
            int end = endOfDropped(name, word);
            if (word == name.length() || end == word) {
                return isFirst || word == name.length() ? word : at;
            }
            at = end;
        }
    }

    private static int afterSeparators(String name, int from) {
        int at = from;
        while (at < name.length() && isSeparator(name.charAt(at))) {
            at++;
        }
        return at;
    }

    /** The end of the word at {@code start} that is left out; {@code start} if it is kept. */
    private static int endOfDropped(String name, int start) {
        if (start > 0 && Character.isLetterOrDigit(name.charAt(start - 1))) {
            return start;
        }
        int end = start;
        boolean hexadecimal = true;
        int digits = 0;
        while (end < name.length() && Character.isLetterOrDigit(name.charAt(end))) {
            char c = name.charAt(end++);
            hexadecimal &= isHexadecimal(c);
            digits += isDigit(c) ? 1 : 0;
        }
        if (!hexadecimal || end == start) {
            return start;
        }
        if (end - start == 8 && isUuid(name, start)) {
            return start + UUID_LENGTH;
        }
        boolean isHash = start > 0 && name.charAt(start - 1) == '@' && digits > 0;
        boolean isLong = end - start >= SHORTEST_HEXADECIMAL && digits > 0;
        boolean isNumber = digits == end - start
                && (isAfterMark(name, start) || afterSeparators(name, end) == name.length());
        return isHash || isLong || isNumber ? end : start;
    }

    private static boolean isUuid(String name, int start) {
        int end = start + UUID_LENGTH;
        if (end > name.length()
                || (end < name.length() && Character.isLetterOrDigit(name.charAt(end)))) {
            return false;
        }
        for (int i = 0; i < UUID_LENGTH; i++) {
            char c = name.charAt(start + i);
            boolean isHyphen = i == 8 || i == 13 || i == 18 || i == 23;
            if (isHyphen ? c != '-' : !isHexadecimal(c)) {
                return false;
            }
        }
        return true;
    }

    /** Whether {@code #}, {@code thread-} or {@code Thread-} stands before a number. */
    private static boolean isAfterMark(String name, int start) {
        if (start > 0 && name.charAt(start - 1) == '#') {
            return true;
        }
        int mark = start - THREAD.length();
        return mark > 0
                && name.startsWith(THREAD, mark)
                && (name.charAt(mark - 1) == 't' || name.charAt(mark - 1) == 'T');
    }

    /** The character, or its replacement if it has another meaning in a path or on a terminal. */
    private static char mapped(String name, int at) {
        char c = name.charAt(at);
        return c == '/' || ControlCharacters.contain(codePoint(name, at)) ? '_' : c;
    }

    /** The code point of a surrogate pair if the character is half of one, else the character. */
    private static int codePoint(String name, int at) {
        boolean isSecond = at > 0
                && Character.isLowSurrogate(name.charAt(at))
                && Character.isHighSurrogate(name.charAt(at - 1));
        return name.codePointAt(isSecond ? at - 1 : at);
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isHexadecimal(char c) {
        return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    }

    private static boolean isSeparator(char c) {
        return c == '-' || c == '_' || c == '#' || c == '.' || c == ':' || c == ' ' || c == '@';
    }
}
