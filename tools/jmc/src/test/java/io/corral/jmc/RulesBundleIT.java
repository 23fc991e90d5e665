package io.corral.jmc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.eclipse.osgi.launch.EquinoxFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openjdk.jmc.common.util.TypedPreference;
import org.openjdk.jmc.flightrecorder.JfrLoaderToolkit;
import org.openjdk.jmc.flightrecorder.rules.RuleRegistry;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.wiring.BundleWiring;
import org.owasp.encoder.Encode;

/** The packed jar as a bundle beside those of Mission Control, in the framework that it uses. */
class RulesBundleIT {

    private static final String RULE = "org.openjdk.jmc.flightrecorder.rules.IRule";

    @TempDir
    private Path folder;

    private static Bundle install(Framework framework, String jar) throws Exception {
        return framework.getBundleContext().installBundle(Path.of(jar).toUri().toString());
    }

    private static String jarOf(Class<?> type) throws Exception {
        URL jar = type.getProtectionDomain().getCodeSource().getLocation();
        return Path.of(jar.toURI()).toString();
    }

    @Test
    void missionControlsFrameworkResolvesTheBundleAndFindsItsRules() throws Exception {
        Framework framework = new EquinoxFactory()
                .newFramework(Map.of(
                        Constants.FRAMEWORK_STORAGE,
                        folder.toString(),
                        Constants.FRAMEWORK_STORAGE_CLEAN,
                        Constants.FRAMEWORK_STORAGE_CLEAN_ONFIRSTINIT));
        try {
            framework.start();
            for (Class<?> each : List.of(
                    Encode.class,
                    net.jpountz.lz4.LZ4Factory.class,
                    TypedPreference.class,
                    JfrLoaderToolkit.class,
                    RuleRegistry.class)) {
                install(framework, jarOf(each));
            }
            Bundle ours = install(framework, System.getProperty("corral.jmc.jar"));
            ours.start();
            assertThat(ours.getState()).isEqualTo(Bundle.ACTIVE);
            assertThat(ours.getSymbolicName()).isEqualTo("io.corral.jmc");
            assertThat(System.getProperty("corral.version"))
                    .startsWith(ours.getVersion().toString());
            // Bundles that extend this point are searched for services.
            try (InputStream extension = ours.getEntry("plugin.xml").openStream()) {
                assertThat(new String(extension.readAllBytes(), StandardCharsets.UTF_8))
                        .contains("point=\"org.openjdk.jmc.flightrecorder.rules.ruleProvider\"");
            }
            ClassLoader loader = ours.adapt(BundleWiring.class).getClassLoader();
            List<String> rules = new ArrayList<>();
            for (Object rule : ServiceLoader.load(loader.loadClass(RULE), loader)) {
                rules.add(rule.getClass().getSimpleName());
            }
            assertThat(rules)
                    .containsExactly(
                            "CpuShareRule",
                            "UnattributedCpuRule",
                            "QueuedTimeRule",
                            "GrowingThreadsRule",
                            "LimitsRule");
        } finally {
            framework.stop();
            framework.waitForStop(0);
        }
    }
}
