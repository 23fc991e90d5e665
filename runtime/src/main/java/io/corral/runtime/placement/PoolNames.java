package io.corral.runtime.placement;

/** The names of pools' containers: those of their threads, without numbers. */
public final class PoolNames {

    private static final int LONGEST = 100;

    /** Pools with the JDK's default name are distinguished by their number up to this one. */
    private static final int MAX_NUMBERED = 64;

    private static final String UNNAMED = "unnamed";

    private PoolNames() {}

    /** A thread's name without its number, as the name of a container. */
    public static String of(String threadName) {
        int end = Math.min(threadName.length(), LONGEST);
        if (end == threadName.length()) {
            while (end > 0 && isDigit(threadName.charAt(end - 1))) {
                end--;
            }
        }
        while (end > 0 && isSeparator(threadName.charAt(end - 1))) {
            end--;
        }
        StringBuilder name = new StringBuilder(end);
        for (int i = 0; i < end; i++) {
            char c = threadName.charAt(i);
            name.append(c == '/' || Character.isISOControl(c) ? '_' : c);
        }
        return name.length() == 0 ? UNNAMED : withLimitedNumber(name.toString());
    }

    /** Limits the numbers of names that the JDK gives, such as {@code pool-7-thread}. */
    private static String withLimitedNumber(String name) {
        int from = name.indexOf('-') + 1;
        int to = name.indexOf('-', from);
        if (from == 0 || to <= from || !isOfTheJdk(name.substring(0, from), name.substring(to))) {
            return name;
        }
        int number = 0;
        for (int i = from; i < to; i++) {
            if (!isDigit(name.charAt(i))) {
                return name;
            }
            number = Math.min(number * 10 + name.charAt(i) - '0', MAX_NUMBERED + 1);
        }
        return number <= MAX_NUMBERED ? name : name.substring(0, from - 1) + name.substring(to);
    }

    private static boolean isOfTheJdk(String before, String after) {
        return switch (before) {
            case "pool-" -> after.equals("-thread");
            case "ForkJoinPool-" -> after.equals("-worker") || after.equals("-delayScheduler");
            case "HttpClient-" -> after.equals("-Worker") || after.equals("-SelectorManager");
            default -> false;
        };
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isSeparator(char c) {
        return c == '-' || c == '_' || c == '#' || c == '.' || c == ':' || c == ' ' || c == '@';
    }
}
