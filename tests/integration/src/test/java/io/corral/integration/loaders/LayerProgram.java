package io.corral.integration.loaders;

import com.sun.tools.attach.VirtualMachine;

import java.io.File;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Creates module layers and runs the main class of the module {@code app}, which is in the last
 * layer.
 */
final class LayerProgram {

    private LayerProgram() {}

    /**
     * The first argument is {@code one} (loader for each layer), {@code many}, {@code api-first} or
     * {@code late}, which is followed by an agent's jar. Then come the module paths of the layers,
     * from parent to child.
     */
    public static void main(String[] arguments) throws Exception {
        String how = arguments[0];
        int first = how.equals("late") ? 2 : 1;
        ModuleLayer layer = ModuleLayer.boot();
        for (int i = first; i < arguments.length; i++) {
            layer = above(layer, how.equals("many"), arguments[i]);
        }
        ClassLoader loader = layer.findLoader("app");
        if (how.equals("api-first")) {
            Class<?> api = loader.loadClass("io.corral.Containers");
            System.out.println("first=" + api.getClassLoader());
        }
        Class<?> main = loader.loadClass("app.Main");
        if (how.equals("late")) {
            VirtualMachine self =
                    VirtualMachine.attach(Long.toString(ProcessHandle.current().pid()));
            self.loadAgent(arguments[1]);
            self.detach();
        }
        main.getMethod("main", String[].class).invoke(null, (Object) new String[0]);
    }

    private static ModuleLayer above(ModuleLayer below, boolean many, String modulePath) {
        ModuleFinder finder =
                ModuleFinder.of(Stream.of(modulePath.split(Pattern.quote(File.pathSeparator), -1))
                        .map(Path::of)
                        .toArray(Path[]::new));
        Set<String> names = new HashSet<>();
        for (ModuleReference module : finder.findAll()) {
            names.add(module.descriptor().name());
        }
        Configuration configuration =
                below.configuration().resolve(finder, ModuleFinder.of(), names);
        ClassLoader parent = ClassLoader.getSystemClassLoader();
        return many
                ? below.defineModulesWithManyLoaders(configuration, parent)
                : below.defineModulesWithOneLoader(configuration, parent);
    }
}
