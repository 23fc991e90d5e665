package io.corral.events.jmx;

import java.util.Map;

/** The containers of one hierarchy, as of a snapshot that is at most 100 ms old. */
@Describe("Containers of a hierarchy, and what each has used")
public interface HierarchyMXBean {

    @Describe("Name of the hierarchy")
    String getName();

    @Describe("Number of containers, the root included")
    int getContainerCount();

    @Describe("Usage of each container and of those below it, by path")
    Map<String, ContainerUsage> getUsages();

    /** @throws IllegalArgumentException if there is no such container */
    @Describe("Usage of the container at a path and of those below it")
    Map<String, ContainerUsage> subtree(String path);

    @Describe("A new snapshot as columns, which are fast for tools; parents before children")
    UsageColumns columns();

    /** @throws IllegalArgumentException if there is no such container */
    @Describe("The same for the container at a path and those below it")
    UsageColumns columns(String path);

    @Describe("Containers whose ready threads waited for a CPU in the last ten seconds, and who ran"
            + " meanwhile; looked at from the first call on, until 15 s after the last one")
    MeanwhileColumns ranMeanwhile();
}
