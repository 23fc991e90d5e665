package io.corral.weaver.copies;

import io.corral.runtime.Corral;

import java.lang.instrument.Instrumentation;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;

/**
 * In each layer, lets the modules that read a copy of the API also read the boot loader's unnamed
 * module, which has the API that they link to.
 */
final class LayerReads {

    private static final String API = "io.corral";
    private static final Module RUNTIME = Corral.class.getModule();

    private final Instrumentation instrumentation;

    /** The layers whose modules have been handled. */
    private final Set<ModuleLayer> done = Collections.newSetFromMap(new WeakHashMap<>());

    LayerReads(Instrumentation instrumentation) {
        this.instrumentation = instrumentation;
    }

    /**
     * Called before classes of {@code module} are linked. The lock is held until all edges are
     * added, since another thread may link a class of the same layer. No code of the application
     * runs under it.
     */
    synchronized void ofLayerOf(Module module) {
        ModuleLayer layer = module.getLayer();
        if (layer == null || layer == ModuleLayer.boot() || !done.add(layer)) {
            return;
        }
        Set<Module> copies = copies(layer);
        for (Module reader : layer.modules()) {
            if (!reader.canRead(RUNTIME) && readsOneOf(copies, reader)) {
                instrumentation.redefineModule(
                        reader, Set.of(RUNTIME), Map.of(), Map.of(), Set.of(), Map.of());
            }
        }
    }

    private static boolean readsOneOf(Set<Module> copies, Module reader) {
        for (Module copy : copies) {
            if (reader.canRead(copy)) {
                return true;
            }
        }
        return false;
    }

    /** Looks in the layer and its parents. */
    private static Set<Module> copies(ModuleLayer layer) {
        Set<Module> copies = new HashSet<>();
        Set<ModuleLayer> seen = new HashSet<>();
        Deque<ModuleLayer> pending = new ArrayDeque<>(Set.of(layer));
        for (ModuleLayer next = pending.poll(); next != null; next = pending.poll()) {
            if (seen.add(next)) {
                for (Module module : next.modules()) {
                    if (module.getDescriptor().packages().contains(API)) {
                        copies.add(module);
                    }
                }
                pending.addAll(next.parents());
            }
        }
        return copies;
    }
}
