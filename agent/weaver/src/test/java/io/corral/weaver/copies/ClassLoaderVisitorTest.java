package io.corral.weaver.copies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.corral.weaver.JdkImage;
import io.corral.weaver.JdkTypes;
import io.corral.weaver.WovenClass;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.analysis.Analyzer;
import org.objectweb.asm.util.CheckClassAdapter;

/** Weaves {@code ClassLoader} of each installed JDK. */
class ClassLoaderVisitorTest {

    private static final String CLASS_LOADER = ClassLoaderVisitor.CLASS_LOADER;

    static Stream<JdkImage> jdks() {
        return JdkImage.all();
    }

    /** The methods, and in how many variants each is woven. */
    static Stream<Arguments> methods() {
        return jdks().flatMap(jdk -> Stream.of(
                Arguments.of(jdk, "findLoadedClass", 1), Arguments.of(jdk, "defineClass", 2)));
    }

    @ParameterizedTest
    @MethodSource("methods")
    void hookIsCalledFirstInEachVariant(JdkImage jdk, String method, int variants) {
        ClassLoaderVisitor visitor = ClassLoaderVisitor.visit(jdk.classFile(CLASS_LOADER), method);
        WovenClass woven = WovenClass.of(visitor.woven());
        assertThat(visitor.variants()).isEqualTo(variants);
        assertThat(woven.hookCalls()).hasSize(variants).containsOnly(method + ": CopyHook.answer");
        for (MethodNode each : woven.node().methods) {
            if (woven.steps(each.name, each.desc).contains("CopyHook.answer")) {
                assertThat(woven.steps(each.name, each.desc)).startsWith("CopyHook.answer");
            }
        }
    }

    /** Each variant that is not woven delegates to one that is. */
    @ParameterizedTest
    @MethodSource("methods")
    void otherVariantsDelegateToAWovenOne(JdkImage jdk, String method, int variants) {
        WovenClass woven = WovenClass.of(
                ClassLoaderVisitor.visit(jdk.classFile(CLASS_LOADER), method).woven());
        woven.node().methods.stream()
                .filter(each -> each.name.equals(method))
                .forEach(each -> assertThat(woven.steps(each.name, each.desc))
                        .as(each.desc)
                        .containsAnyOf("CopyHook.answer", method));
    }

    @ParameterizedTest
    @MethodSource("methods")
    void wovenClassIsWellFormed(JdkImage jdk, String method, int variants) {
        byte[] woven =
                ClassLoaderVisitor.visit(jdk.classFile(CLASS_LOADER), method).woven();
        assertThatCode(() -> new ClassReader(woven)
                        .accept(new CheckClassAdapter(new ClassWriter(0), true), 0))
                .doesNotThrowAnyException();
        assertTypesFlow(jdk, woven);
    }

    /** With an archived copy and a custom class loader both methods are woven. */
    @ParameterizedTest
    @MethodSource("jdks")
    void classThatIsWovenTwiceIsWellFormed(JdkImage jdk) {
        byte[] once = ClassLoaderVisitor.visit(jdk.classFile(CLASS_LOADER), "findLoadedClass")
                .woven();
        byte[] twice = ClassLoaderVisitor.visit(once, "defineClass").woven();
        assertThat(WovenClass.of(twice).hookCalls()).hasSize(3);
        assertTypesFlow(jdk, twice);
    }

    private static void assertTypesFlow(JdkImage jdk, byte[] woven) {
        for (MethodNode method : WovenClass.of(woven).node().methods) {
            assertThatCode(() -> new Analyzer<>(new JdkTypes(jdk, Type.getObjectType(CLASS_LOADER)))
                            .analyzeAndComputeMaxs(CLASS_LOADER, method))
                    .as(method.name + method.desc)
                    .doesNotThrowAnyException();
        }
    }

    @ParameterizedTest
    @MethodSource("methods")
    void methodsThatAreNotWovenAreUntouched(JdkImage jdk, String method, int variants) {
        byte[] original = jdk.classFile(CLASS_LOADER);
        WovenClass woven =
                WovenClass.of(ClassLoaderVisitor.visit(original, method).woven());
        Map<String, String> before = WovenClass.methods(original);
        Map<String, String> unwoven = woven.unwovenMethods();
        assertThat(unwoven).hasSize(before.size() - variants);
        unwoven.forEach((name, text) -> assertThat(text).as(name).isEqualTo(before.get(name)));
    }
}
