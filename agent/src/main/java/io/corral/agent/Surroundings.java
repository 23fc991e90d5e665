package io.corral.agent;

/** In what kind of JVM the agent finds itself. */
final class Surroundings {

    private Surroundings() {}

    /**
     * Whether this is one of the JDK's own tools, which {@code JAVA_TOOL_OPTIONS} gives the agent as
     * well. A source file launched by {@code java File.java} runs in the compiler's module, and is no
     * tool.
     */
    static boolean isJdkTool() {
        String module = System.getProperty("jdk.module.main");
        if (module == null || !(module.startsWith("jdk.") || module.startsWith("java."))) {
            return false;
        }
        String mainClass = System.getProperty("jdk.module.main.class", "");
        return !mainClass.startsWith("com.sun.tools.javac.launcher.");
    }
}
