package io.corral.runtime.placement;

/** What a pool's container is called: as its threads are, without their numbers. */
public final class PoolNames {

    private static final int LONGEST = 100;
    private static final String UNNAMED = "unnamed";

    private PoolNames() {}

    /** A thread's name without its number, fit for a container. */
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
        return name.length() == 0 ? UNNAMED : name.toString();
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isSeparator(char c) {
        return c == '-' || c == '_' || c == '#' || c == '.' || c == ':' || c == ' ' || c == '@';
    }
}
