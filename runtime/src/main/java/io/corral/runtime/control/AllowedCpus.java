package io.corral.runtime.control;

import java.util.BitSet;

/** The CPUs on which the process may run, by the kernel's numbers. Read once. */
final class AllowedCpus {

    private static final String KEY = "Cpus_allowed_list:";
    private static final BitSet ALLOWED = read();

    private AllowedCpus() {}

    /** @param number as in the kernel's files; any is allowed if nothing is known */
    static boolean contain(String number) {
        return ALLOWED.isEmpty() || ALLOWED.get(Integer.parseInt(number));
    }

    private static BitSet read() {
        BitSet allowed = new BitSet();
        for (String line : KernelFile.lines("/proc/self/status")) {
            if (line.startsWith(KEY)) {
                parse(line.substring(KEY.length()).trim(), allowed);
            }
        }
        return allowed;
    }

    /** Such as {@code 0-3,8}. */
    static void parse(String list, BitSet to) {
        for (String range : list.split(",", -1)) {
            int dash = range.indexOf('-');
            int first = Integer.parseInt(dash < 0 ? range : range.substring(0, dash));
            int last = Integer.parseInt(range.substring(dash + 1));
            to.set(first, last + 1);
        }
    }
}
