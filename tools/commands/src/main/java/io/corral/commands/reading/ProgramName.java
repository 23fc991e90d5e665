package io.corral.commands.reading;

/** The name of the program that a JVM runs, for the list of JVMs. */
final class ProgramName {

    private ProgramName() {}

    /**
     * The main class without its package, or the jar without its folder.
     *
     * @param command the main class or jar, and the program's arguments; empty if unknown
     */
    static String shortened(String command) {
        int end = command.indexOf(' ');
        String first = end < 0 ? command : command.substring(0, end);
        if (first.endsWith(".jar")) {
            return first.substring(first.lastIndexOf('/') + 1);
        }
        return first.substring(first.lastIndexOf('.') + 1);
    }
}
