package io.corral.start.boot;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.weaver.copies.ApiCopyTransformer;
import java.io.InputStream;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ImageLoaderTest {

    private final List<ClassFileTransformer> transformers = new ArrayList<>();
    private final List<String> otherCalls = new ArrayList<>();

    /** It never has a copy of the API, so no program has to pay for the weaving. */
    @Test
    void classesOfAnImageDoNotCauseTheWeavingOfClassLoader() throws Exception {
        ApiCopyTransformer.install(instrumentation(), false);
        Class<?> type = ImageLoaderTest.class;
        String name = type.getName().replace('.', '/');
        try (InputStream in = type.getResourceAsStream("/" + name + ".class")) {
            transformers
                    .get(0)
                    .transform(
                            type.getModule(),
                            new ImageLoader("corral-metrics", Map.of()),
                            name,
                            null,
                            null,
                            in.readAllBytes());
        }
        assertThat(otherCalls).isEmpty();
    }

    private Instrumentation instrumentation() {
        return (Instrumentation) Proxy.newProxyInstance(
                ImageLoaderTest.class.getClassLoader(),
                new Class<?>[] {Instrumentation.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("addTransformer")) {
                        transformers.add((ClassFileTransformer) arguments[0]);
                    } else {
                        otherCalls.add(method.getName());
                    }
                    return null;
                });
    }
}
