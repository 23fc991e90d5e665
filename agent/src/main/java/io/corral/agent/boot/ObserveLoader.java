package io.corral.agent.boot;

import io.corral.runtime.notice.Recorder;

import java.util.Map;

/**
 * Loads the package {@code io.corral.runtime.observe}, class by class as it is needed. From JDK 21 on JFR
 * takes event classes of the boot loader for the JDK's own, and leaves those called {@code Container…}
 * without instrumentation unless the JVM runs in a container.
 */
public final class ObserveLoader extends ClassLoader {

    /** By internal name. */
    private final Map<String, byte[]> classFiles;

    ObserveLoader(Map<String, byte[]> classFiles) {
        super("corral", null);
        this.classFiles = classFiles;
    }

    public Recorder recorder() throws ReflectiveOperationException {
        return (Recorder) loadClass("io.corral.runtime.observe.JfrEvents")
                .getDeclaredConstructor()
                .newInstance();
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        byte[] classFile = classFiles.get(name.replace('.', '/'));
        if (classFile == null) {
            throw new ClassNotFoundException(name);
        }
        return defineClass(name, classFile, 0, classFile.length);
    }
}
