package io.corral.commands;

import com.sun.tools.attach.AgentInitializationException;
import com.sun.tools.attach.AgentLoadException;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import io.corral.options.OptionKey;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * Loads the agent into a JVM. This class is separate from the command, so that a Java without the
 * module {@code jdk.attach} can load the command.
 */
final class RunningJvm {

    private static final int OLDEST_JAVA = 17;

    /**
     * {@code AttachOperation::arg_length_max} of HotSpot up to JDK 23, which ignores longer
     * arguments.
     */
    private static final int MAX_BYTES = 1024;

    static final String NO_ATTACH_MODULE =
            "this Java has no module jdk.attach; set JAVA_HOME to a JDK";

    private RunningJvm() {}

    /**
     * Loads the agent.
     *
     * @param onlyIfActive whether to ask an agent that is active there, and to load none
     * @throws IOException if the JVM does not answer
     */
    static AgentAnswer load(long pid, String arguments, boolean onlyIfActive) throws IOException {
        VirtualMachine jvm;
        try {
            jvm = VirtualMachine.attach(Long.toString(pid));
        } catch (AttachNotSupportedException refused) {
            throw new IOException(refused.getMessage(), refused);
        }
        try {
            Properties before = jvm.getSystemProperties();
            if (onlyIfActive && before.getProperty(AgentAnswer.STARTED) == null) {
                return AgentAnswer.failure(
                        "JVM " + pid + " has no Corral; load it with corral attach " + pid);
            }
            String java = before.getProperty("java.specification.version", "");
            String problem = isTooOld(java)
                    ? "JVM " + pid + " is Java " + java + "; 17 to 25 are supported"
                    : load(jvm, pid, arguments);
            return new AgentAnswer(problem, jvm.getSystemProperties());
        } finally {
            jvm.detach();
        }
    }

    /** @param java such as "17" or "1.8" */
    private static boolean isTooOld(String java) {
        try {
            return Double.parseDouble(java) < OLDEST_JAVA;
        } catch (NumberFormatException unknown) {
            return false;
        }
    }

    /** Returns the problem, or null. */
    private static @Nullable String load(VirtualMachine jvm, long pid, String arguments)
            throws IOException {
        String jar = agentJar();
        if (isDamagedInTransit(jar + arguments)) {
            return "nothing was sent to JVM " + pid
                    + ": the JDK damages characters beyond U+FFFF on the way; use other file names,"
                    + " or a thread's ID for its name";
        }
        try {
            jvm.loadAgent(jar, arguments);
            return null;
        } catch (IOException noAnswer) {
            int bytes = (jar + "=" + arguments).getBytes(StandardCharsets.UTF_8).length;
            if (bytes <= MAX_BYTES) {
                throw noAnswer;
            }
            return "JVM " + pid + " did not accept the agent's path and options: they have " + bytes
                    + " bytes, and JDKs up to 23 accept " + MAX_BYTES + " ("
                    + noAnswer.getMessage()
                    + "); write the options to a file and give config=FILE, or use shorter paths";
        } catch (AgentLoadException | AgentInitializationException failure) {
            String cause = String.valueOf(failure.getMessage());
            return cause.contains("EnableDynamicAgentLoading")
                    ? "JVM " + pid
                            + " was started with -XX:-EnableDynamicAgentLoading and loads no agent;"
                            + " start it with -javaagent:" + jar
                    : "JVM " + pid + " could not load " + jar + ": " + cause
                            + "; it must be able to read that file, and have the module"
                            + " java.instrument";
        }
    }

    /** Attaching sends UTF-8, and HotSpot reads it as modified UTF-8. */
    static boolean isDamagedInTransit(String text) {
        return text.codePoints().anyMatch(Character::isSupplementaryCodePoint);
    }

    /**
     * The agent's jar on this class path, found by its class for options. The same jar is loaded
     * into the JVM.
     */
    private static String agentJar() throws IOException {
        try {
            return Path.of(OptionKey.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException unexpected) {
            throw new IOException("no agent to load: " + unexpected.getMessage(), unexpected);
        }
    }
}
