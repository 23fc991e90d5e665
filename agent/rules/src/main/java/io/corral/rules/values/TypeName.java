package io.corral.rules.values;

/** A type of the application, known by its name. */
public final class TypeName {

    private final String name;

    /** Whether a class is of the type. Looked up once a class. */
    private final ClassValue<Boolean> isSubtype = new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
            return isBelow(type);
        }
    };

    public TypeName(String name) {
        this.name = name;
    }

    public boolean isTypeOf(Object object) {
        return isSupertypeOf(object.getClass());
    }

    public boolean isSupertypeOf(Class<?> type) {
        return isSubtype.get(type);
    }

    private boolean isBelow(Class<?> type) {
        if (type.getName().equals(name)) {
            return true;
        }
        Class<?> superclass = type.getSuperclass();
        if (superclass != null && isBelow(superclass)) {
            return true;
        }
        for (Class<?> implemented : type.getInterfaces()) {
            if (isBelow(implemented)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public String toString() {
        return name;
    }
}
