import java.util.stream.IntStream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/** Spark in one JVM; each tenant's jobs have its name as their group. */
public final class Service {

    private static final int ROUNDS = 40;
    private static final int PARTITIONS = 2;
    private static final int PIECES_OF_WORK = 5;

    public static void main(String[] arguments) throws Exception {
        SparkConf conf = new SparkConf()
                .setMaster("local[2]")
                .setAppName("field")
                .set("spark.ui.enabled", "false")
                .set("spark.driver.host", "127.0.0.1")
                .set("spark.driver.bindAddress", "127.0.0.1");
        JavaSparkContext spark = new JavaSparkContext(conf);
        Tenants.inTurns(ROUNDS, tenant -> {
            spark.setJobGroup(tenant, "jobs of " + tenant);
            spark.clearJobTags();
            // As Spark Connect has it.
            spark.addJobTag("SparkConnect_OperationTag_User_" + tenant + "_Session_1_Operation_1");
            spark.parallelize(
                            IntStream.range(0, PARTITIONS * PIECES_OF_WORK)
                                    .boxed()
                                    .toList(),
                            PARTITIONS)
                    .foreach(piece -> Tenants.work());
        });
    }
}
