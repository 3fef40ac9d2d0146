namespace ChatOps.Agent.Speech;

/// <summary>A way to say a command. The whole of what was said must match; nothing is guessed from a part.</summary>
/// <param name="Pattern">
/// A regular expression over plain words, with slots: <c>{show}</c> a verb of showing or none, <c>{verb}</c> such a verb, <c>{on}</c> "on" or "of" and where, <c>{node}</c> one node, <c>{line}</c> the
/// words of a command line, <c>{service}</c> a service.
/// </param>
/// <param name="Command">The chat command, with the same slots filled in.</param>
internal sealed record SpokenForm(string Pattern, string Command)
{
    /// <summary>All of them, the more exact first.</summary>
    public static IReadOnlyList<SpokenForm> All { get; } =
    [
        new("{show}(?:gateway )?(?:status|health)(?: of the gateway| of chatops)?|(?:what is|what's) (?:the |your )?(?:gateway )?status|how is the gateway(?: doing)?|status report", "status"),
        new("{show}(?:pending |open |waiting )?approvals(?: list)?|what (?:is|'s) waiting(?: for approval)?|what needs approval|are there (?:any )?(?:pending |open )?approvals", "approvals list"),
        new("{show}(?:nodes|servers|machines|hosts|fleet)|(?:which|what) (?:nodes|servers|machines|hosts) (?:are there|do we have)", "nodes"),
        new("{verb}{where}", "nodes {where}"),
        new("{verb}(?:details (?:of|about) |facts (?:of|about) )?{node}|tell me about {node}|how is {node}(?: doing)?", "node show {node}"),
        new("who am i|(?:what|which) (?:are my roles|roles do i have)", "whoami"),
        new("{show}roles", "roles"),
        new("{show}people", "people"),
        new("{show}audit(?: log| trail| records)?", "audit list"),
        new("(?:verify|check) the audit(?: log| trail| chain)?", "audit verify"),
        new("help(?: me)?|what can you do|what commands are there|(?:show|list)(?: me)? (?:the |all )?commands", "help"),

        new("{facts}(?:disk|storage)(?: usage| space| use)? {on}|how much (?:disk|storage)(?: space)? (?:is|do we have)(?: free| left| used| available| in use)? {on}|how full (?:is|are) the disks? {on}", "run df -h --on {on}"),
        new("{facts}(?:memory|ram)(?: usage| use)? {on}|how much (?:free )?(?:memory|ram) is (?:free|left|used|available|in use|there) {on}", "run free -h --on {on}"),
        new("{facts}(?:uptime|load|load average) {on}|how long (?:has|have) {where} been (?:up|running)", "run uptime --on {on}"),
        new("who(?: is|'s) logged (?:in|on)(?: to)? {on}|who(?: is|'s) logged (?:in|on) to {where}", "run who --on {on}"),
        new("(?:which|what) kernel (?:is running|runs|is) {on}|{facts}kernel(?: version)? {on}", "run uname -r --on {on}"),
        new("(?:which|what) (?:services|units) (?:have )?failed {on}|{facts}failed (?:services|units) {on}", "run systemctl --failed --on {on}"),
        new("is (?:the )?{service}(?: service| daemon)? (?:running|up|active|alive) {on}|{facts}status of (?:the )?{service}(?: service| daemon)? {on}", "run systemctl status {service} --no-pager --on {on}"),
        new("{facts}(?:last |latest |recent |newest )?logs? (?:of|for|from) (?:the )?{service}(?: service| daemon)? {on}", "run journalctl -u {service} -n 50 --no-pager --on {on}"),

        new("(?<verb>restart|reload|start|stop|enable|disable) (?:the )?{service}(?: service| daemon)? {on}", "run systemctl {verb} {service} --on {on}"),
        new("(?:run|execute) (?:the command |command )?{line} {on}|on {where} (?:, )?(?:run|execute) (?:the command |command )?{line}", "run {line} --on {on}"),
    ];
}
