import java.util.concurrent.Semaphore;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobExecutionContext;
import org.quartz.JobKey;
import org.quartz.Scheduler;
import org.quartz.impl.StdSchedulerFactory;

/** Quartz with a job for each tenant, which is triggered again and again. */
public final class Service {

    private static final int ROUNDS = 400;
    private static final Semaphore DONE = new Semaphore(0);

    public static void main(String[] arguments) throws Exception {
        Scheduler scheduler = StdSchedulerFactory.getDefaultScheduler();
        scheduler.start();
        for (String tenant : Tenants.NAMES) {
            scheduler.addJob(
                    JobBuilder.newJob(Work.class)
                            .withIdentity(tenant)
                            .storeDurably()
                            .build(),
                    false);
        }
        Tenants.inTurns(ROUNDS, tenant -> {
            scheduler.triggerJob(JobKey.jobKey(tenant));
            DONE.acquire();
        });
    }

    public static final class Work implements Job {

        @Override
        public void execute(JobExecutionContext context) {
            Tenants.work();
            DONE.release();
        }
    }
}
