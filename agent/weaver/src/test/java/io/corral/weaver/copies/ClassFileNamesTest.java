package io.corral.weaver.copies;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.weaver.JdkImage;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;

/** Compares the names with ASM's, on classes of each JDK. */
class ClassFileNamesTest {

    static Stream<JdkImage> jdks() {
        return JdkImage.all();
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void namesEqualThoseThatAsmReads(JdkImage jdk) throws IOException {
        List<byte[]> classFiles = jdk.classFilesIn("java/lang");
        assertThat(classFiles).hasSizeGreaterThan(500);
        for (byte[] classFile : classFiles) {
            ClassReader reader = new ClassReader(classFile);
            assertThat(ClassFileNames.self(classFile)).isEqualTo(reader.getClassName());
            assertThat(ClassFileNames.superclass(classFile))
                    .as(reader.getClassName())
                    .isEqualTo(reader.getSuperName());
        }
    }

    @Test
    void unknownConstantGivesNoNames() {
        byte[] classFile = classFile();
        classFile[10] = 99;
        assertThat(ClassFileNames.self(classFile)).isNull();
        assertThat(ClassFileNames.superclass(classFile)).isNull();
    }

    @Test
    void truncatedClassFileGivesNoOtherNames() {
        byte[] classFile = classFile();
        for (int length = 0; length < classFile.length; length++) {
            byte[] part = Arrays.copyOf(classFile, length);
            assertThat(ClassFileNames.self(part)).isIn(null, "A");
            assertThat(ClassFileNames.superclass(part)).isIn(null, "B");
        }
    }

    private static byte[] classFile() {
        ClassWriter writer = new ClassWriter(0);
        writer.visit(Opcodes.V17, 0, "A", null, "B", null);
        return writer.toByteArray();
    }
}
