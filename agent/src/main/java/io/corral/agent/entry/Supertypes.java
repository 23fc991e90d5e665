package io.corral.agent.entry;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import net.bytebuddy.description.type.TypeDefinition;
import net.bytebuddy.description.type.TypeDescription;

/** All that a class extends or implements, by name. */
final class Supertypes {

    private final Set<String> names = new LinkedHashSet<>();

    private Supertypes() {}

    /** As far as their class files are to be had: what is missing at the application's end is left out. */
    static List<String> of(TypeDescription type) {
        Supertypes supertypes = new Supertypes();
        supertypes.addAbove(type);
        return new ArrayList<>(supertypes.names);
    }

    /** Of a class that is loaded, and with it these. */
    static List<String> of(Class<?> type) {
        Supertypes supertypes = new Supertypes();
        supertypes.addAbove(type);
        return new ArrayList<>(supertypes.names);
    }

    private void addAbove(Class<?> type) {
        Class<?> superclass = type.getSuperclass();
        if (superclass != null && names.add(superclass.getName())) {
            addAbove(superclass);
        }
        for (Class<?> implemented : type.getInterfaces()) {
            if (names.add(implemented.getName())) {
                addAbove(implemented);
            }
        }
    }

    private void addAbove(TypeDefinition type) {
        try {
            TypeDefinition superclass = type.getSuperClass();
            if (superclass != null) {
                add(superclass);
            }
            for (TypeDefinition implemented : type.getInterfaces()) {
                add(implemented);
            }
        } catch (RuntimeException | LinkageError missing) {
            // A library that the application has and does not use.
        }
    }

    private void add(TypeDefinition type) {
        if (names.add(type.asErasure().getName())) {
            addAbove(type);
        }
    }
}
