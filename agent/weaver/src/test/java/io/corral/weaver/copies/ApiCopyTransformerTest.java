package io.corral.weaver.copies;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.IllegalClassFormatException;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.Proxy;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which class loaders cause the weaving of {@code ClassLoader}. */
class ApiCopyTransformerTest {

    private static final ClassLoader APPLICATIONS = ClassLoader.getSystemClassLoader();

    private final Jvm jvm = new Jvm();

    ApiCopyTransformerTest() {
        ApiCopyTransformer.install(jvm.instrumentation(), false);
    }

    @Test
    void classesOfTheJdkAndOfTheApplicationLoaderWeaveNothing() {
        jvm.define(null, Object.class);
        jvm.define(ClassLoader.getPlatformClassLoader(), Object.class);
        jvm.define(APPLICATIONS, ApiCopyTransformerTest.class);
        assertThat(jvm.retransformed).isEmpty();
    }

    @Test
    void classOfAnotherLoaderWeavesClassLoaderBeforeItsDefinition() throws IOException {
        try (URLClassLoader other = new URLClassLoader(new URL[0])) {
            jvm.define(other, ApiCopyTransformerTest.class);
            assertThat(jvm.retransformed).containsExactly(ClassLoader.class);
        }
    }

    @Test
    void subclassOfClassLoaderWeavesItBeforeItsDefinition() {
        jvm.define(APPLICATIONS, OwnLoader.class);
        assertThat(jvm.retransformed).containsExactly(ClassLoader.class);
    }

    @Test
    void loaderOfLayersWeavesClassLoaderBeforeItsDefinition() throws ClassNotFoundException {
        jvm.define(null, Class.forName("jdk.internal.loader.Loader"));
        assertThat(jvm.retransformed).containsExactly(ClassLoader.class);
    }

    @Test
    void applicationClassOfNumberFourThousandWeavesClassLoader() throws InterruptedException {
        for (int i = 0; i < 3_999; i++) {
            jvm.define(APPLICATIONS, ApiCopyTransformerTest.class);
        }
        assertThat(jvm.retransformed).isEmpty();
        jvm.define(APPLICATIONS, ApiCopyTransformerTest.class);
        jvm.once.await();
        assertThat(jvm.retransformed).containsExactly(ClassLoader.class);
    }

    @Test
    void failedWeavingIsNotRepeated() {
        jvm.refuses = true;
        jvm.define(APPLICATIONS, OwnLoader.class);
        jvm.define(APPLICATIONS, OwnLoader.class);
        assertThat(jvm.retransformed).containsExactly(ClassLoader.class);
    }

    @Test
    void attachedAgentWeavesClassLoaderAtOnce() {
        Jvm running = new Jvm();
        ApiCopyTransformer.install(running.instrumentation(), true);
        assertThat(running.retransformed).containsExactly(ClassLoader.class);
    }

    private static final class OwnLoader extends ClassLoader {}

    /** Calls a transformer as a JVM does. */
    private static final class Jvm {

        final List<Class<?>> retransformed = new ArrayList<>();
        final CountDownLatch once = new CountDownLatch(1);
        boolean refuses;
        private final List<ClassFileTransformer> transformers = new ArrayList<>();

        Instrumentation instrumentation() {
            return (Instrumentation) Proxy.newProxyInstance(
                    Jvm.class.getClassLoader(),
                    new Class<?>[] {Instrumentation.class},
                    (proxy, method, arguments) -> {
                        switch (method.getName()) {
                            case "addTransformer" ->
                                transformers.add((ClassFileTransformer) arguments[0]);
                            case "getAllLoadedClasses" -> {
                                return new Class<?>[] {Object.class};
                            }
                            default -> retransform((Class<?>[]) arguments[0]);
                        }
                        return null;
                    });
        }

        private void retransform(Class<?>[] classes) {
            retransformed.addAll(List.of(classes));
            once.countDown();
            if (refuses) {
                throw new UnsupportedOperationException("refused, as the test wants it");
            }
            for (Class<?> each : classes) {
                assertThat(transform(null, each, each)).isNotNull();
            }
        }

        void define(@Nullable ClassLoader loader, Class<?> defined) {
            assertThat(transform(loader, defined, null)).isNull();
        }

        private byte @Nullable [] transform(
                @Nullable ClassLoader loader, Class<?> type, @Nullable Class<?> redefined) {
            String name = type.getName().replace('.', '/');
            try (InputStream in = type.getResourceAsStream("/" + name + ".class")) {
                return transformers
                        .get(0)
                        .transform(
                                type.getModule(), loader, name, redefined, null, in.readAllBytes());
            } catch (IOException | IllegalClassFormatException failure) {
                throw new IllegalStateException(failure);
            }
        }
    }
}
