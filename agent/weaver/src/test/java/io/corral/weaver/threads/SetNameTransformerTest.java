package io.corral.weaver.threads;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.runtime.notice.Log;
import io.corral.weaver.JdkImage;
import io.corral.weaver.threads.WeavePoint.Target;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated("reads what is logged")
class SetNameTransformerTest {

    private static final String THREAD = Target.THREAD.internalName();

    private final byte[] classFile =
            JdkImage.all().findFirst().orElseThrow().classFile(Target.THREAD);

    @Test
    void nothingIsLoggedIfTheMethodIsThere() {
        assertThat(linesOfWeaving(classFile)).isEmpty();
    }

    @Test
    void lineNamesTheMethodThatIsMissing() {
        byte[] lacking = new String(classFile, StandardCharsets.ISO_8859_1)
                .replace("setName", "putName")
                .getBytes(StandardCharsets.ISO_8859_1);
        assertThat(linesOfWeaving(lacking))
                .containsExactly("rules marked late hold at a thread's start only, since"
                        + " Thread.setName can't be woven: Thread.setName(String) not found");
    }

    private static List<String> linesOfWeaving(byte[] classFile) {
        List<String> lines = new ArrayList<>();
        Log.Level before = Log.level(Log.Level.OFF);
        Log.copyTo(lines);
        try {
            new SetNameTransformer(retransforming(classFile)).run();
        } finally {
            Log.copyTo(null);
            Log.level(before);
        }
        return lines;
    }

    private static Instrumentation retransforming(byte[] classFile) {
        List<ClassFileTransformer> added = new ArrayList<>();
        return (Instrumentation) Proxy.newProxyInstance(
                SetNameTransformerTest.class.getClassLoader(),
                new Class<?>[] {Instrumentation.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("addTransformer")) {
                        added.add((ClassFileTransformer) arguments[0]);
                    } else {
                        added.get(0).transform(null, THREAD, Thread.class, null, classFile);
                    }
                    return null;
                });
    }
}
