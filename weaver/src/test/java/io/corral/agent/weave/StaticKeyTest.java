package io.corral.agent.weave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.instrument.ClassDefinition;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the key's class is exchanged; that code which was compiled with it goes is {@code HandOverIT}'s. */
class StaticKeyTest {

    private static final String KEY = KeyClass.NAME.replace('/', '.');

    private final List<ClassDefinition> redefined = new ArrayList<>();
    private boolean refuses;

    private final StaticKey key = new StaticKey((Instrumentation) Proxy.newProxyInstance(
            StaticKeyTest.class.getClassLoader(),
            new Class<?>[] {Instrumentation.class},
            (proxy, method, arguments) -> {
                assertThat(method.getName()).isEqualTo("redefineClasses");
                redefined.addAll(List.of((ClassDefinition[]) arguments[0]));
                if (refuses) {
                    throw new UnsupportedOperationException("not here");
                }
                return null;
            }));

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void classFileAnswersAConstant(boolean isEnabled) throws ReflectiveOperationException {
        assertThat(answerOf(KeyClass.classFile(isEnabled))).isEqualTo(isEnabled);
    }

    @Test
    void itTakesThePlaceOfOneOfTheSameShape() throws ReflectiveOperationException {
        Class<?> compiled = Class.forName(KEY);
        Class<?> written = define(KeyClass.classFile(true));
        assertThat(written.getModifiers()).isEqualTo(compiled.getModifiers());
        assertThat(written.getDeclaredFields()).isEmpty();
        assertThat(compiled.getDeclaredFields()).isEmpty();
        assertThat(written.getDeclaredMethods())
                .extracting(Method::toGenericString)
                .containsExactly(compiled.getDeclaredMethods()[0].toGenericString());
        assertThat(compiled.getDeclaredMethods()).hasSize(1);
    }

    @Test
    void enablingRedefinesTheClass() throws Exception {
        key.enable(String.class);
        assertThat(redefined).hasSize(1);
        assertThat(redefined.get(0).getDefinitionClass()).isEqualTo(String.class);
        assertThat(answerOf(redefined.get(0).getDefinitionClassFile())).isTrue();
    }

    @Test
    void whatTheJvmRefusesIsForTheRuntimeToSay() {
        refuses = true;
        assertThatThrownBy(() -> key.enable(String.class))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    private static boolean answerOf(byte[] classFile) throws ReflectiveOperationException {
        Method isEnabled = define(classFile).getDeclaredMethod("isEnabled");
        isEnabled.setAccessible(true);
        return (boolean) isEnabled.invoke(null);
    }

    private static Class<?> define(byte[] classFile) throws ReflectiveOperationException {
        return new ClassLoader(null) {
            @Override
            protected Class<?> findClass(String name) {
                return defineClass(name, classFile, 0, classFile.length);
            }
        }.loadClass(KEY);
    }
}
