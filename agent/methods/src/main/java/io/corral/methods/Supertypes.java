package io.corral.methods;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import net.bytebuddy.description.type.TypeDefinition;
import net.bytebuddy.description.type.TypeDescription;

/** The names of all superclasses and interfaces of a class. */
final class Supertypes {

    private final Set<String> names = new LinkedHashSet<>();

    private Supertypes() {}

    /** Reads the supertypes from class files, and leaves missing ones out. */
    static List<String> of(TypeDescription type) {
        Supertypes supertypes = new Supertypes();
        supertypes.addAbove(type);
        return new ArrayList<>(supertypes.names);
    }

    /** The supertypes of a loaded class, which are loaded as well. */
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
            // The class file of a supertype is missing: the application does not use it.
        }
    }

    private void add(TypeDefinition type) {
        if (names.add(type.asErasure().getName())) {
            addAbove(type);
        }
    }
}
