package io.corral.agent.start;

/** Finds out which program the JVM runs. */
final class RunningProgram {

    private RunningProgram() {}

    /**
     * Whether this is one of the JDK's own tools, which {@code JAVA_TOOL_OPTIONS} gives the agent
     * as well. (A source file launched by {@code java File.java} runs in the compiler's module too,
     * but the JVM does not call that its main module.)
     */
    static boolean isJdkTool() {
        String module = System.getProperty("jdk.module.main");
        return module != null && (module.startsWith("jdk.") || module.startsWith("java."));
    }
}
