using System.Globalization;
using ChatOps.Node.Facts;

namespace ChatOps.Tests.Node;

public sealed class LinuxFactsTests
{
    [Fact]
    public void The_facts_of_this_machine_are_read()
    {
        var facts = new LinuxFacts().Read();
        Assert.All<string>(["arch", "cpus", "disk", "host", "init", "kernel", "load", "memory", "os", "uptime"], name => Assert.True(facts.ContainsKey(name), name));
        Assert.Equal(Environment.ProcessorCount.ToString(CultureInfo.InvariantCulture), facts["cpus"]);
        Assert.Matches("^[0-9.]+ [KMG]iB free of [0-9.]+ [KMG]iB$", facts["memory"]);
        Assert.DoesNotContain('"', facts["os"]);
    }
}
