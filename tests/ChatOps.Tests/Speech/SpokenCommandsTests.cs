using ChatOps.Agent.Speech;
using ChatOps.Tests.Agent.Commands;
using ChatOps.Tests.Agent.Fakes;

namespace ChatOps.Tests.Speech;

public sealed class SpokenCommandsTests(ShippedPolicy policy) : IClassFixture<ShippedPolicy>
{
    private readonly SpokenCommands spoken = policy.Spoken;

    [Theory]
    [InlineData("Status.", "/status")]
    [InlineData("Show me the status, please.", "/status")]
    [InlineData("What's the status?", "/status")]
    [InlineData("Hey ChatOps, what is the status?", "/status")]
    [InlineData("Gateway health", "/status")]
    [InlineData("How is the gateway doing?", "/status")]
    [InlineData("Show approvals.", "/approvals list")]
    [InlineData("List the pending approvals", "/approvals list")]
    [InlineData("What is waiting for approval?", "/approvals list")]
    [InlineData("Are there any open approvals?", "/approvals list")]
    [InlineData("Show me all the servers.", "/nodes")]
    [InlineData("Which machines are there?", "/nodes")]
    [InlineData("List nodes", "/nodes")]
    [InlineData("Show the web servers.", "/nodes role=web")]
    [InlineData("List the production machines.", "/nodes env=prod")]
    [InlineData("Show me web one.", "/nodes web-1")]
    [InlineData("How is web two doing?", "/node show web-2")]
    [InlineData("Tell me about DB 1", "/node show db-1")]
    [InlineData("Who am I?", "/whoami")]
    [InlineData("Show the audit log.", "/audit list")]
    [InlineData("Verify the audit chain", "/audit verify")]
    [InlineData("Help!", "/help")]
    [InlineData("What can you do?", "/help")]
    [InlineData("Run uptime on the web servers.", "/run uptime --on role=web")]
    [InlineData("Run Uptime on Web 1.", "/run uptime --on web-1")]
    [InlineData("run uptime on web-1", "/run uptime --on web-1")]
    [InlineData("Could you please run uptime on web one?", "/run uptime --on web-1")]
    [InlineData("Okay, run uptime on local.", "/run uptime --on local")]
    [InlineData("Execute uptime on all machines", "/run uptime --on all")]
    [InlineData("On web two, run uptime.", "/run uptime --on web-2")]
    [InlineData("Run df dash h on the database server.", "/run df -h --on db-1")]
    [InlineData("Run uptime on web one and web two", "/run uptime --on 'node in (web-1,web-2)'")]
    [InlineData("Run uptime on web 1, web 2 and DB one.", "/run uptime --on 'node in (web-1,web-2,db-1)'")]
    [InlineData("Run uptime on the production web servers", "/run uptime --on env=prod,role=web")]
    [InlineData("Run uptime on all web servers in staging.", "/run uptime --on role=web,env=stage")]
    [InlineData("Run uptime on the databases", "/run uptime --on role=db")]
    [InlineData("Run uptime on role web servers", "/run uptime --on role=web")]
    [InlineData("What is the disk usage on web one?", "/run df -h --on web-1")]
    [InlineData("What's the disk usage on the web servers?", "/run df -h --on role=web")]
    [InlineData("How much disk space is free on DB one?", "/run df -h --on db-1")]
    [InlineData("Show me the memory usage of web 2", "/run free -h --on web-2")]
    [InlineData("How much memory is left on web two?", "/run free -h --on web-2")]
    [InlineData("What's the load on the production servers?", "/run uptime --on env=prod")]
    [InlineData("How long has web one been up?", "/run uptime --on web-1")]
    [InlineData("Who is logged in on web one?", "/run who --on web-1")]
    [InlineData("Which kernel is running on web one?", "/run uname -r --on web-1")]
    [InlineData("Which services failed on web one?", "/run systemctl --failed --on web-1")]
    [InlineData("Is nginx running on web one?", "/run systemctl status nginx --no-pager --on web-1")]
    [InlineData("Show me the logs of nginx on web one", "/run journalctl -u nginx -n 50 --no-pager --on web-1")]
    [InlineData("Run ls /var/log on web one", "/run ls /var/log --on web-1")]
    [InlineData("Restart nginx on web one.", "/run systemctl restart nginx --on web-1")]
    [InlineData("Please restart the nginx service on the web servers.", "/run systemctl restart nginx --on role=web")]
    [InlineData("Stop cron on local", "/run systemctl stop cron --on local")]
    [InlineData("Go ahead and reload nginx on web two", "/run systemctl reload nginx --on web-2")]
    [InlineData("Run systemctl restart nginx on web one", "/run systemctl restart nginx --on web-1")]
    public void What_plainly_is_a_command_is_read_as_one(string said, string line)
    {
        Assert.Equal(new SpokenReading(SpokenKind.Command, line), spoken.Read(said));
        Assert.True(Line.Parse(line).Understood, Line.Shown(Line.Parse(line)));
    }

    [Theory]
    [InlineData("Don't restart nginx on web one.")]
    [InlineData("Please do not restart nginx on web one")]
    [InlineData("Could you please not restart nginx on web one?")]
    [InlineData("Never run uptime on web one")]
    [InlineData("Should I restart nginx on web one?")]
    [InlineData("Did you restart nginx on web one?")]
    [InlineData("Why did somebody restart nginx on web one?")]
    [InlineData("What happens if I restart nginx on web one?")]
    [InlineData("How do I restart nginx on web one?")]
    [InlineData("If the load is high, restart nginx on web one")]
    [InlineData("Restart nginx on web one. No wait, don't.")]
    [InlineData("Restart nginx on web one tomorrow")]
    [InlineData("Restart nginx on web one and then reboot it")]
    [InlineData("Restart nginx on web one after the backup")]
    [InlineData("Restart nginx on all servers except web one")]
    [InlineData("Restart it on web one")]
    [InlineData("Restart everything on web one")]
    [InlineData("Restart nginx")]
    [InlineData("Restart nginx on web nine")]
    [InlineData("Restart nginx on the cache servers")]
    [InlineData("Restart web one")]
    [InlineData("Run uptime but not on web one")]
    [InlineData("Run uptime and reboot on web one")]
    [InlineData("Run a marathon on Sunday")]
    [InlineData("Run the tests on web one")]
    [InlineData("Run frobnicate on web one")]
    [InlineData("Run rm -rf slash; reboot on web one")]
    [InlineData("Run cat /etc/passwd | mail on web one")]
    [InlineData("Start working on web one")]
    [InlineData("We talked about web one yesterday")]
    [InlineData("The status of the project is great")]
    [InlineData("I wonder what the disk usage on web one is")]
    [InlineData("He said run uptime on web one")]
    [InlineData("web one")]
    [InlineData("everything")]
    [InlineData("Good morning everybody, how was your weekend?")]
    [InlineData("Thank you.")]
    [InlineData("...")]
    [InlineData("")]
    public void What_is_not_plainly_a_command_never_becomes_one(string said) => Assert.Equal(SpokenReading.Talk, spoken.Read(said));

    [Fact]
    public void A_word_of_denial_anywhere_in_a_command_makes_it_none()
    {
        var phrases = typeof(SpokenCommandsTests).GetMethod(nameof(What_plainly_is_a_command_is_read_as_one))!
            .GetCustomAttributes(typeof(InlineDataAttribute), false).Cast<InlineDataAttribute>().Select(a => ((string)a.Data[0]!).Split(' ')).ToList();
        Assert.True(phrases.Count > 50);
        var ran =
            from phrase in phrases
            from word in (string[])["not", "don't", "never", "no", "Don't!", "not,"]
            from at in Enumerable.Range(0, phrase.Length + 1)
            let said = string.Join(' ', phrase[..at].Append(word).Concat(phrase[at..]))
            where spoken.Read(said).Kind == SpokenKind.Command
            select said;
        Assert.Empty(ran);
    }

    [Theory]
    [InlineData("Yes.")]
    [InlineData("Yes, please.")]
    [InlineData("Yeah, do it!")]
    [InlineData("Okay")]
    [InlineData("Go ahead.")]
    [InlineData("Okay, go ahead.")]
    [InlineData("Approve.")]
    [InlineData("Approve 7F3K2M.")]
    [InlineData("Please approve seven F three K.")]
    [InlineData("I approve the restart.")]
    [InlineData("Approved!")]
    [InlineData("Can you approve it?")]
    [InlineData("Deny it.")]
    [InlineData("No.")]
    [InlineData("No, reject that.")]
    [InlineData("Confirm.")]
    [InlineData("Yes, restart nginx on web one.")]
    [InlineData("Sure, looks good.")]
    [InlineData("Press approve.")]
    [InlineData("Allow it always.")]
    public void A_spoken_decision_is_recognised_and_is_no_command(string said) => Assert.Equal(SpokenKind.Decision, spoken.Read(said).Kind);

    [Theory]
    [InlineData("Stop.")]
    [InlineData("Stop everything now!")]
    [InlineData("Cancel that.")]
    [InlineData("Abort!")]
    [InlineData("Never mind.")]
    public void A_spoken_stop_is_recognised(string said) => Assert.Equal(SpokenKind.Stop, spoken.Read(said).Kind);

    [Fact]
    public void A_name_that_could_be_two_nodes_is_not_plain()
    {
        var nodes = new SomeNodes().All();
        Assert.Equal("web-1", SpokenTargets.Read("web one", nodes));
        Assert.Null(SpokenTargets.Read("web one", [.. nodes, nodes[^1] with { Name = "web01" }]));
        Assert.Null(SpokenTargets.Read("the web server", nodes));
    }

    [Fact]
    public void A_value_under_two_keys_is_not_plain_and_a_family_of_names_is()
    {
        var nodes = new SomeNodes().All();
        Assert.Null(SpokenTargets.Read("the web servers", [.. nodes, nodes[1] with { Name = "x", Labels = new Dictionary<string, string> { ["team"] = "web" } }]));
        Assert.Equal("node=cache-*", SpokenTargets.Read("the cache servers", [.. nodes, nodes[1] with { Name = "cache-1" }]));
    }

    [Fact]
    public void A_long_talk_is_never_a_command() =>
        Assert.Equal(SpokenReading.Talk, spoken.Read("Run uptime on web one " + new string(' ', 1) + string.Concat(Enumerable.Repeat("please ", 60))));
}
