package io.corral.rules.values;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A static member of a class of the application, and perhaps a value in it, as in
 * {@code com.acme.Tenants#current().id}.
 */
public final class StaticValue {

    private final ApplicationClass owner;
    private final StaticMember member;
    private final PropertyPath path;

    StaticValue(String owner, StaticMember member, List<ValueStep> steps) {
        this.owner = new ApplicationClass(owner);
        this.member = member;
        this.path = PropertyPath.of(steps);
    }

    /** The result of a static method with one text as its parameter. */
    public static StaticValue call(String owner, String method, String argument) {
        return new StaticValue(owner, StaticMember.method(method, argument), List.of());
    }

    /** The class that has the member. */
    public ApplicationClass owner() {
        return owner;
    }

    /**
     * Reads the value, on the application's thread. Throws what code of the application throws.
     *
     * @param in the {@link #owner} in one of the application's class loaders
     * @return null if there is none
     */
    public @Nullable Object read(Class<?> in) {
        return path.read(PropertyPath.present(member.read(in)));
    }
}
