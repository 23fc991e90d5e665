package io.corral.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.it.harness.ForkedJvm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

/** What is in the agent's jar, and what is not: an application has all of it on its class path. */
class JarContentIT {

    private static final String BOOT = "corral-boot/";

    @Test
    void agentJarHoldsTheAgentAndTheRuntimeWhereNoLoaderSearches() throws IOException {
        List<String> others = List.of("META-INF/MANIFEST.MF", "META-INF/LICENSE", "corral.jfc");
        assertThat(entries(ForkedJvm.agentJar()).keySet())
                .contains("io/corral/agent/Agent.class", BOOT + "io/corral/Containers.class")
                .containsAll(others)
                .allMatch(name -> others.contains(name)
                        || name.matches("META-INF/licenses/[a-z]+\\.txt")
                        || name.matches("io/corral/agent/.+\\.class")
                        || name.matches(BOOT + "io/corral/.+\\.class"));
    }

    @Test
    void runtimeInTheAgentIsTheRuntimeThatApplicationsCompileAgainst() throws IOException {
        Map<String, byte[]> agent = entries(ForkedJvm.agentJar());
        Map<String, byte[]> runtime = entries(ForkedJvm.runtimeJar());
        agent.keySet().removeIf(name -> !name.startsWith(BOOT));
        runtime.keySet().removeIf(name -> !name.endsWith(".class"));
        assertThat(agent).hasSameSizeAs(runtime);
        runtime.forEach((name, classFile) ->
                assertThat(agent.get(BOOT + name)).as(name).isEqualTo(classFile));
    }

    @Test
    void runtimeNeedsTheJdkAlone() throws IOException {
        assertThat(entries(ForkedJvm.runtimeJar()).keySet())
                .allMatch(name ->
                        name.startsWith("META-INF/") || name.matches("io/corral/.+\\.class"));
    }

    /** Under its own name it would be the application's, or clash with it. */
    @Test
    void librariesAreRelocatedAndHaveTheirLicence() throws IOException {
        Map<String, byte[]> entries = entries(ForkedJvm.agentJar());
        assertThat(entries)
                .containsKeys(
                        "io/corral/agent/shaded/asm/ClassReader.class",
                        "META-INF/licenses/asm.txt");
        entries.forEach((name, bytes) -> {
            if (name.endsWith(".class")) {
                assertThat(new String(bytes, StandardCharsets.ISO_8859_1))
                        .as(name)
                        .doesNotContain("org/objectweb");
            }
        });
    }

    @Test
    void manifestNamesTheEntriesTheVersionAndNoBootClassPath() throws IOException {
        try (JarFile jar = new JarFile(ForkedJvm.agentJar())) {
            Map<String, String> attributes = new TreeMap<>();
            for (Map.Entry<Object, Object> each :
                    jar.getManifest().getMainAttributes().entrySet()) {
                attributes.put(each.getKey().toString(), each.getValue().toString());
            }
            assertThat(attributes.remove(Attributes.Name.IMPLEMENTATION_VERSION.toString()))
                    .isEqualTo(System.getProperty("corral.version", "0.1.0-SNAPSHOT"));
            assertThat(attributes)
                    .isEqualTo(new TreeMap<>(Map.of(
                            "Manifest-Version", "1.0",
                            "Premain-Class", "io.corral.agent.Agent",
                            "Agent-Class", "io.corral.agent.Agent",
                            "Main-Class", "io.corral.agent.Main",
                            "Can-Retransform-Classes", "true",
                            "Implementation-Title", "Corral")));
        }
    }

    /** The contents of each file in a jar, by its name. */
    private static Map<String, byte[]> entries(String file) throws IOException {
        Map<String, byte[]> entries = new TreeMap<>();
        try (JarFile jar = new JarFile(file)) {
            for (ZipEntry entry : Collections.list(jar.entries())) {
                if (!entry.isDirectory()) {
                    byte[] bytes = jar.getInputStream(entry).readAllBytes();
                    assertThat(entries.put(entry.getName(), bytes)).isNull();
                }
            }
        }
        return entries;
    }
}
