package io.corral.report.diff;

import io.corral.report.usage.HierarchyHistory;

/**
 * The usage of a container, with those below it, in two recordings.
 *
 * @param cpu nanoseconds
 * @param allocated bytes
 * @param started threads of both kinds
 */
public record ContainerChange(
        String hierarchy,
        String path,
        Presence presence,
        Change cpu,
        Change allocated,
        Change started) {

    /** Which of the two recordings have the container. */
    public enum Presence {
        BOTH,
        NEW,
        GONE
    }

    /** Whether it shows native threads of the JVM, of which only the CPU time is known. */
    public boolean isOfJvm() {
        return HierarchyHistory.belongsToJvm(path);
    }

    public Change of(Resource resource) {
        return resource == Resource.CPU ? cpu : allocated;
    }

    /** The path, after the name of a hierarchy other than {@code main}. */
    public String name() {
        return hierarchy.equals("main") ? path : hierarchy + ":" + path;
    }
}
