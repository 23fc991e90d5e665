package io.corral.agent.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.corral.Container;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.List;
import java.util.Objects;
import jdk.jfr.Label;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.LineNumberNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.RecordComponentNode;

/** What is taken from a class file, and what stays. */
class SlimTest {

    @Retention(RetentionPolicy.RUNTIME)
    @Target({
        ElementType.TYPE,
        ElementType.FIELD,
        ElementType.METHOD,
        ElementType.PARAMETER,
        ElementType.TYPE_USE
    })
    private @interface Asked {}

    @Asked
    private static class Fat implements Serializable {

        private static final long serialVersionUID = 1;
        private static final String NAME = "fat";
        private static final Object OBJECT = new Object();

        @Asked
        final int constant = 1;

        @Label("kept")
        private transient @Asked List<String> names = List.of(NAME);

        @Asked
        List<@Asked String> names(@Asked List<String> more) throws IOException {
            if (OBJECT == more) {
                throw new IOException();
            }
            return names;
        }
    }

    private record Pair(@Asked List<@Asked String> first) {}

    @Test
    void whatNobodyAsksForIsTaken() throws IOException {
        ClassNode slim = slim(Fat.class);

        assertThat(slim.signature).isNull();
        assertThat(slim.visibleAnnotations).isNull();
        assertThat(slim.fields)
                .extracting(field -> field.name, field -> field.signature)
                .containsExactlyInAnyOrder(
                        tuple("serialVersionUID", null),
                        tuple("OBJECT", null),
                        tuple("constant", null),
                        tuple("names", null));
        assertThat(slim.fields).allMatch(field -> field.visibleTypeAnnotations == null);
        MethodNode names = method(slim, "names");
        assertThat(names.signature).isNull();
        assertThat(names.visibleAnnotations).isNull();
        assertThat(names.visibleTypeAnnotations).isNull();
        assertThat(names.visibleParameterAnnotations).isNull();
        assertThat(text(slim(Pair.class).recordComponents)).isEqualTo("first:null:null:null");
    }

    @Test
    void whatSomebodyMayAskForStays() throws IOException {
        ClassNode slim = slim(Fat.class);

        assertThat(slim.sourceFile).isEqualTo("SlimTest.java");
        assertThat(slim.nestHostClass).isEqualTo("io/corral/agent/pack/SlimTest");
        assertThat(slim.innerClasses).extracting(inner -> inner.innerName).contains("Fat");
        assertThat(slim.fields)
                .filteredOn(field -> field.name.equals("serialVersionUID"))
                .extracting(field -> field.value)
                .containsExactly(1L);
        assertThat(slim.fields)
                .filteredOn(field -> field.name.equals("names"))
                .flatExtracting(field -> field.visibleAnnotations)
                .extracting(annotation -> annotation.desc)
                .containsExactly("Ljdk/jfr/Label;");
        MethodNode names = method(slim, "names");
        assertThat(names.exceptions).containsExactly("java/io/IOException");
        assertThat(names.instructions).anyMatch(LineNumberNode.class::isInstance);
    }

    @Test
    void apiIsLeftAlone() throws IOException {
        byte[] container = bytes(Container.class);

        assertThat(Slim.unlessApi(container)).isSameAs(container);
        assertThat(Slim.isApi("io/corral/runtime/Corral")).isFalse();
        assertThat(Slim.isApi("io/corral/Usage$1")).isTrue();
    }

    private static String text(List<RecordComponentNode> components) {
        StringBuilder text = new StringBuilder();
        components.forEach(component -> text.append(component.name)
                .append(':')
                .append(component.signature)
                .append(':')
                .append(component.visibleAnnotations)
                .append(':')
                .append(component.visibleTypeAnnotations));
        return text.toString();
    }

    private static MethodNode method(ClassNode in, String name) {
        return in.methods.stream()
                .filter(method -> method.name.equals(name))
                .findAny()
                .orElseThrow();
    }

    private static ClassNode slim(Class<?> type) throws IOException {
        ClassNode read = new ClassNode();
        new ClassReader(Slim.unlessApi(bytes(type))).accept(read, 0);
        return read;
    }

    private static byte[] bytes(Class<?> type) throws IOException {
        String name = type.getName().replace('.', '/') + ".class";
        try (InputStream in = type.getClassLoader().getResourceAsStream(name)) {
            return Objects.requireNonNull(in).readAllBytes();
        }
    }
}
