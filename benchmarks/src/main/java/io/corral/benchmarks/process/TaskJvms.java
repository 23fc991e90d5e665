package io.corral.benchmarks.process;

import io.corral.benchmarks.Jdk;
import io.corral.benchmarks.tasks.TasksProgram;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** JVMs that hand a million tiny tasks over, round after round, and say what one has cost. */
final class TaskJvms {

    private static final int PATIENCE_SECONDS = 300;

    /**
     * Where a round goes as any other, what else the machine does can only add to it: on a machine that others use equal JVMs'
     * median rounds differ by a third, for seconds at a time.
     */
    private static final int QUICKER = 10;

    /** Where it is chance whether workers wait for the next task and have to be woken, that is a part of what tasks cost. */
    private static final int AS_MANY_QUICKER = 2;

    private final Jdk jdk;

    TaskJvms(Jdk jdk) {
        this.jdk = jdk;
    }

    TaskRun run(TaskPool pool, Setup setup) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(jdk.java().toString(), "-Xms512m", "-Xmx512m", "-XX:+UseSerialGC"));
        // Each round has its collections.
        command.add("-Xmn16m");
        if (!KernelGroup.isPossible()) {
            return said(setup, program(command, pool, setup));
        }
        try (KernelGroup group = new KernelGroup()) {
            command.add("-D" + TasksProgram.USAGE + "=" + group.usage());
            int quicker = pool == TaskPool.FIXED ? QUICKER : AS_MANY_QUICKER;
            command.add("-D" + TasksProgram.QUICKER + "=" + quicker);
            return said(setup, group.around(program(command, pool, setup)));
        }
    }

    private static List<String> program(List<String> command, TaskPool pool, Setup setup)
            throws IOException {
        command.addAll(setup.flags());
        command.addAll(List.of(
                "-cp",
                Built.jar() + ":" + Built.runtime() + ":" + Built.peersApi(),
                TasksProgram.class.getName(),
                pool.word));
        return command;
    }

    private static TaskRun said(Setup setup, List<String> command)
            throws IOException, InterruptedException {
        try (Child child = new Child(command)) {
            TaskRun run = new TaskRun(
                    Double.parseDouble(child.await("task ", PATIENCE_SECONDS)),
                    Double.parseDouble(child.await("rate ", PATIENCE_SECONDS)));
            String active = child.await("active ", PATIENCE_SECONDS);
            if (Boolean.parseBoolean(active) != setup.isCorral()) {
                throw new IOException(setup + ": whether the agent is active is not as it should");
            }
            return run;
        }
    }
}
