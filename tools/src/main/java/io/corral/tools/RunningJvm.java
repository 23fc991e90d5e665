package io.corral.tools;

import com.sun.tools.attach.AgentInitializationException;
import com.sun.tools.attach.AgentLoadException;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import io.corral.agent.options.OptionKey;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * A JVM that the agent is loaded into. A class of its own, so that the command can be loaded
 * without the module {@code jdk.attach}.
 */
final class RunningJvm {

    private static final int OLDEST_JAVA = 17;

    /**
     * HotSpot's {@code AttachOperation::arg_length_max} until JDK 23, which does not answer to a
     * longer argument.
     */
    private static final int MOST_BYTES = 1024;

    private RunningJvm() {}

    /**
     * The result of loading.
     *
     * @param problem why the agent could not be loaded, or null
     * @param properties the JVM's system properties after loading
     */
    record Answer(@Nullable String problem, Properties properties) {}

    /** @throws IOException if the JVM does not answer */
    static Answer load(long pid, String arguments) throws IOException {
        VirtualMachine jvm;
        try {
            jvm = VirtualMachine.attach(Long.toString(pid));
        } catch (AttachNotSupportedException refused) {
            throw new IOException(refused.getMessage(), refused);
        }
        try {
            String java = jvm.getSystemProperties().getProperty("java.specification.version", "");
            String problem = isTooOld(java)
                    ? "JVM " + pid + " is Java " + java + "; 17 to 25 are supported"
                    : load(jvm, pid, arguments);
            return new Answer(problem, jvm.getSystemProperties());
        } finally {
            jvm.detach();
        }
    }

    /** The version, such as "17" or "1.8". */
    private static boolean isTooOld(String java) {
        try {
            return Double.parseDouble(java) < OLDEST_JAVA;
        } catch (NumberFormatException unknown) {
            return false;
        }
    }

    /** @return why loading failed, or null */
    private static @Nullable String load(VirtualMachine jvm, long pid, String arguments)
            throws IOException {
        String jar = agentJar();
        try {
            jvm.loadAgent(jar, arguments);
            return null;
        } catch (IOException noAnswer) {
            int bytes = (jar + "=" + arguments).getBytes(StandardCharsets.UTF_8).length;
            if (bytes <= MOST_BYTES) {
                throw noAnswer;
            }
            return "JVM " + pid + " does not take the agent's path and options, which have " + bytes
                    + " bytes, and may have " + MOST_BYTES + " up to JDK 23 ("
                    + noAnswer.getMessage()
                    + "); name a file of options, config=FILE, or move files to shorter paths";
        } catch (AgentLoadException | AgentInitializationException failure) {
            String said = String.valueOf(failure.getMessage());
            return said.contains("EnableDynamicAgentLoading")
                    ? "JVM " + pid
                            + " refuses agents while it runs, by -XX:-EnableDynamicAgentLoading;"
                            + " start it with -javaagent:" + jar
                    : "JVM " + pid + " could not load " + jar + ": " + said
                            + "; it must be able to read that file, and have the module java.instrument";
        }
    }

    /** The agent's jar. It is on this command's class path, where the options come from it. */
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
