package io.corral.runtime.api;

import io.corral.Container;
import io.corral.PlacedBy;
import io.corral.runtime.container.ContainerNode;
import io.corral.runtime.container.Trees;
import io.corral.runtime.jdk.Jdk;
import io.corral.runtime.membership.Membership;
import io.corral.runtime.notice.ControlCharacters;
import io.corral.runtime.thread.Member;
import io.corral.runtime.thread.Members;
import io.corral.runtime.thread.PlatformMember;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** Says which rule placed a thread. */
public final class PlacementExplanation {

    private PlacementExplanation() {}

    static PlacedBy placedBy(Thread thread) {
        Container container = Trees.MAIN.api().of(thread);
        Member member = Members.isWoven() ? Members.of(thread) : null;
        if (!thread.isAlive()) {
            throw new IllegalArgumentException("thread " + Jdk.title(thread)
                    + " is in no container: it is not started, or has ended");
        }
        return member instanceof PlatformMember platform
                ? placedBy(platform, container)
                : new PlacedBy(container, PlacedBy.UNKNOWN, null);
    }

    private static PlacedBy placedBy(PlatformMember member, Container container) {
        PlatformMember.Placement placement = member.placement();
        Instant since = Instant.now().minusNanos(System.nanoTime() - placement.nanoTime());
        return new PlacedBy(container, placement.rule(), since);
    }

    /**
     * A line for each live platform thread that has this id or name.
     *
     * @return empty if there is none
     */
    public static List<String> lines(String idOrName) {
        List<String> lines = new ArrayList<>();
        Members.forEachPlatform(member -> {
            Membership home = member.home();
            Thread thread = member.thread();
            if (home != null
                    && (thread.getName().equals(idOrName)
                            || Long.toString(member.threadId()).equals(idOrName))) {
                lines.add(line(member, home.container(Trees.MAIN)));
            }
        });
        return lines;
    }

    private static String line(PlatformMember member, ContainerNode container) {
        PlacedBy placed = placedBy(member, container.api());
        Instant since = placed.since();
        return ControlCharacters.escaped("\"" + member.thread().getName() + "\" (id "
                + member.threadId() + "): " + container.path() + ", by " + placed.rule()
                + (since == null ? "" : ", since " + since.truncatedTo(ChronoUnit.MILLIS)));
    }
}
