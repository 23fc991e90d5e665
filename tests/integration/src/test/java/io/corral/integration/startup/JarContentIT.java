package io.corral.integration.startup;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.integration.harness.ForkedJvm;
import io.corral.integration.support.AgentImage;
import java.io.File;
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

/** The content of the agent's jar, which every application has on its class path. */
class JarContentIT {

    /** The JDK's annotations by those of Corral that they replace. */
    private static final Map<String, String> ANNOTATIONS = Map.of(
            utf8("Lio/corral/runtime/jdk/ReservedStack;"),
            utf8("Ljdk/internal/vm/annotation/ReservedStackAccess;"),
            utf8("Lio/corral/runtime/jdk/ForceInline;"),
            utf8("Ljdk/internal/vm/annotation/ForceInline;"),
            utf8("Lio/corral/runtime/jdk/DontInline;"),
            utf8("Ljdk/internal/vm/annotation/DontInline;"),
            utf8("Lio/corral/runtime/jdk/Contextual;"),
            utf8("Ljdk/jfr/Contextual;"));

    /** The build compiles the default rules into it. */
    private static final String COMPILED_RULES = "io/corral/runtime/placement/CompiledRules";

    @Test
    void agentJarHoldsTheAgentAndAnImageWhereNoLoaderSearches() throws IOException {
        List<String> others = List.of(
                "META-INF/MANIFEST.MF",
                "META-INF/LICENSE",
                "corral.jfc",
                "corral-profile.jfc",
                "default.rules",
                AgentImage.ENTRY,
                "corral-boot/methods.image",
                "corral-boot/metrics.image");
        assertThat(entries(ForkedJvm.agentJar()).keySet())
                .contains("io/corral/agent/Agent.class")
                .containsAll(others)
                .allMatch(name -> others.contains(name)
                        || name.matches("META-INF/licenses/[a-z]+\\.txt")
                        || name.matches(
                                "io/corral/(agent|launcher|options)/[A-Za-z0-9$-]+\\.class"));
        AgentImage image = image();
        assertThat(image.agent().keySet())
                .contains("io/corral/start/Startup")
                .allMatch(name -> name.matches("io/corral/(start|options|events)/.+"));
        assertThat(image.runtime().keySet())
                .allMatch(name -> name.matches("io/corral/(runtime/.+|[A-Z][^/]+)"));
        assertThat(image.weaver().keySet())
                .contains("io/corral/weaver/AgentTransformer")
                .allMatch(name -> name.matches("io/corral/weaver/.+"));
        assertThat(image.jdkAccess().keySet()).allMatch(name -> name.matches(".+/Corral[A-Za-z]+"));
        assertThat(image.events().keySet())
                .allMatch(name -> name.matches("io/corral/(rules|events)/.+"));
    }

    @Test
    void runtimeInTheAgentIsTheRuntimeThatApplicationsCompileAgainst() throws IOException {
        AgentImage image = image();
        Map<String, byte[]> agent = new TreeMap<>(image.runtime());
        Map<String, byte[]> runtime = entries(ForkedJvm.runtimeJar());
        runtime.keySet()
                .removeIf(name -> !name.endsWith(".class") || name.endsWith("package-info.class"));
        assertThat(agent).hasSameSizeAs(runtime);
        for (Map.Entry<String, byte[]> compiled : runtime.entrySet()) {
            String name = compiled.getKey().substring(0, compiled.getKey().indexOf(".class"));
            assertThat(agent).containsKey(name);
            if (name.equals(COMPILED_RULES)) {
                assertThat(text(agent.get(name))).contains("task sun.net.httpserver");
                continue;
            }
            assertThat(text(agent.get(name)))
                    .as(name)
                    .isEqualTo(withJdks(text(compiled.getValue())));
        }
        assertThat(text(image.runtime().get("io/corral/runtime/hook/ExitHook")))
                .contains("/ReservedStackAccess;");
        assertThat(text(image.runtime().get("io/corral/runtime/api/ApiContainer")))
                .contains("Ljdk/internal/vm/annotation/ForceInline;");
        assertThat(text(image.runtime().get("io/corral/runtime/accounting/Meter")))
                .contains("Ljdk/internal/vm/annotation/DontInline;");
    }

    private static String withJdks(String classFile) {
        String with = classFile;
        for (Map.Entry<String, String> annotation : ANNOTATIONS.entrySet()) {
            with = with.replace(annotation.getKey(), annotation.getValue());
        }
        return with;
    }

    private static AgentImage image() throws IOException {
        return AgentImage.of(entries(ForkedJvm.agentJar()).get(AgentImage.ENTRY));
    }

    /** The constant as in a class file: a tag, the length, the characters. */
    private static String utf8(String constant) {
        return "\001" + (char) 0 + (char) constant.length() + constant;
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    @Test
    void jarIsAtMostFiveMegabytes() {
        assertThat(new File(ForkedJvm.agentJar())).isFile();
        assertThat(new File(ForkedJvm.agentJar()).length()).isLessThan(5_000_000);
    }

    @Test
    void runtimeNeedsOnlyTheJdk() throws IOException {
        assertThat(entries(ForkedJvm.runtimeJar()).keySet())
                .allMatch(name ->
                        name.startsWith("META-INF/") || name.matches("io/corral/.+\\.class"));
    }

    /** Under its original name the library would clash with the application's copy. */
    @Test
    void librariesAreRelocatedAndHaveTheirLicence() throws IOException {
        Map<String, byte[]> entries = entries(ForkedJvm.agentJar());
        assertThat(entries)
                .containsKeys(
                        "META-INF/licenses/asm.txt",
                        "META-INF/licenses/bytebuddy.txt",
                        "META-INF/licenses/prometheus.txt",
                        "META-INF/licenses/opentelemetry.txt");
        assertThat(image().names()).contains("io/corral/weaver/asm/ClassReader");
        Map<String, byte[]> classFiles = new TreeMap<>(entries);
        classFiles.keySet().removeIf(name -> !name.endsWith(".class"));
        image().parts().forEach(classFiles::putAll);
        classFiles.forEach((name, bytes) ->
                assertThat(text(bytes).contains("org/objectweb")).as(name).isFalse());
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
                            "Main-Class", "io.corral.launcher.Main",
                            "Can-Redefine-Classes", "true",
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
