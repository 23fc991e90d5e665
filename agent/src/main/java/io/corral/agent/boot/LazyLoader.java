package io.corral.agent.boot;

import io.corral.runtime.notice.Recorder;
import io.corral.runtime.placement.RulesSource;

import java.util.Map;

/**
 * Loads what many runs don't need, class by class as it is needed: the packages {@code observe} and {@code rules} of the
 * runtime. The events could not be in the boot loader either: from JDK 21 on JFR takes event classes of that for the
 * JDK's own, and leaves those called {@code Container…} without instrumentation unless the JVM runs in a container.
 */
public final class LazyLoader extends ClassLoader {

    /** By internal name. */
    private final Map<String, byte[]> classFiles;

    LazyLoader(Map<String, byte[]> classFiles) {
        super("corral", null);
        this.classFiles = classFiles;
    }

    public Recorder recorder() throws ReflectiveOperationException {
        return (Recorder) make("io.corral.runtime.observe.JfrEvents");
    }

    public RulesSource rules() throws ReflectiveOperationException {
        return (RulesSource) make("io.corral.runtime.rules.RulesFile");
    }

    private Object make(String className) throws ReflectiveOperationException {
        return loadClass(className).getDeclaredConstructor().newInstance();
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
