using System.Text.RegularExpressions;
using ChatOps.Skills;

namespace ChatOps.Agent.Skills;

/// <summary>A pattern of harmful skills, looked for in each line. In linear time: the text is a stranger's.</summary>
/// <param name="Id">Begins the id of its findings.</param>
/// <param name="Severity">What a find asks for.</param>
/// <param name="Pattern">The pattern.</param>
/// <param name="Reason">What it is and why it matters.</param>
internal sealed record SkillRule(string Id, SkillSeverity Severity, Regex Pattern, string Reason)
{
    /// <summary>All of them. What they know is from the campaigns of early 2026 and the reviews that followed.</summary>
    public static IReadOnlyList<SkillRule> All { get; } =
    [
        Of("download-and-run", SkillSeverity.Block, @"\b(curl|wget|fetch)\b[^|;&\n]*(\||\|&)\s*(sudo\s+)?(ba|z|da|k|fi)?sh\b|\b(ba|z|da)?sh\s+(-c\s+)?[""']?(<\(|\$\()\s*(curl|wget)|\b(iex|invoke-expression)\b.*\b(iwr|irm|invoke-webrequest|invoke-restmethod|downloadstring)\b|\b(iwr|irm)\b[^|\n]*\|\s*iex\b|\b(curl|wget)\b[^|\n]*\|\s*(sudo\s+)?(python3?|perl|ruby|node)\b|\bcurl\b.*&&\s*chmod\s+\+x",
            "It downloads something and runs it: whoever has that address decides what runs."),
        Of("foreign-package", SkillSeverity.Block, @"\b(pip3?|npm|npx|gem|cargo)\b\s+(install\s+|-y\s+|exec\s+)*(https?://|git\+)|\bunzip\s+-P\b|\b7z\s+x\s+.*-p\S+|\bpassword(-| )protected (zip|archive)|\bextract .{0,40}\bpassword\b",
            "It asks for a program from an address or from a locked archive before anything else, which is how most harmful skills begin."),
        Of("encoded-payload", SkillSeverity.Block, @"\bbase64\s+(-d|-D|--decode)\b|\bfrombase64string\b|\batob\s*\(|\bxxd\s+-r\b|\bopenssl\s+enc\s+-d\b|(\\x[0-9a-f]{2}){12,}|\b[A-Za-z0-9+/]{160,}={0,2}|\b[0-9a-f]{200,}\b|\bpowershell\b.*\s-e(nc|ncodedcommand)?\s",
            "Something is hidden in an encoding, so that a reader does not see what it is."),
        Of("exfiltration", SkillSeverity.Block, @"\b(curl|wget|nc|ncat|http)\b.*(\$\((cat|env|printenv|base64|tar)|`(cat|env|printenv)|@~?/|@\.env|/\.ssh/|id_(rsa|ed25519|ecdsa)|\.aws/credentials|/etc/shadow|\.kube/config|\.netrc)|\b(env|printenv|cat\s+\S*(\.env|id_rsa|id_ed25519|credentials|shadow))\b[^|\n]*\|\s*(curl|wget|nc|ncat)\b|\b(webhook\.site|requestbin|pipedream\.net|ngrok(-free)?\.(io|app)|pastebin\.com|transfer\.sh|file\.io|discord(app)?\.com/api/webhooks|api\.telegram\.org/bot|interact\.sh|oast\.\w+|burpcollaborator)\b|/dev/tcp/",
            "It sends files, variables or secrets to an address."),
        Of("identity-or-memory", SkillSeverity.Block, @"(>>?|\btee\b|\bsed\s+-i\b|\bwrite|\bappend|\bedit|\bmodify|\bupdate|\breplace|\badd\b.{0,40}\bto|\boverwrite).{0,60}(\b(AGENTS?|SOUL|USER|HEARTBEAT|MEMORY|CLAUDE)\.md\b|\bworkspace/memory\b|\b(access|policy|node-policy)\.yaml\b|\bauthorized_keys\b|\.bashrc\b|\.profile\b|\bcrontab\b|/etc/cron)|\bcrontab\s+-",
            "It changes what the assistant is or remembers, who may do what, or what runs by itself: the effect would outlive the skill."),
        Of("bypass", SkillSeverity.Block, @"\b(ignore|disregard|forget|override)\b.{0,30}\b(previous|prior|earlier|above|other|all|any|system|your)\b.{0,20}\b(instructions?|rules|messages?|prompts?|guidelines|policy|policies)\b|\b(bypass|circumvent|avoid|evade|skip|disable|turn off|work around)\b.{0,30}\b(approvals?|confirmations?|the gate|audit(ing)?|audit log|policy|policies|permission checks?|safety|security checks?|review)\b|\bwithout\b.{0,20}\b(asking|approval|confirmation|permission|telling|informing|notifying)\b|\bdo(n't| not)\b.{0,20}\b(ask|tell|inform|mention|notify|show|report|reveal)\b.{0,30}\b(users?|persons?|people|humans?|operators?|anyone|anybody|admins?|for (approval|confirmation|permission))\b|\bapprove\b.{0,20}\b(yourself|automatically|on behalf|without)\b|\b(auto-approve|always approve)\b.{0,30}\b(cards?|requests?|changes|everything|commands?)\b|\byou (are|have) (now )?(an? )?(admin|administrator|root|unrestricted|full (access|permissions?))\b|\b(developer|god|dan) mode\b",
            "It tells the assistant to leave the rules, to get around an approval, or to keep something from people."),
        Of("remote-instructions", SkillSeverity.Block, @"\b(fetch|download|read|open|visit|load|get|curl)\b.{0,120}https?://\S+.{0,120}\b(follow|obey|execute|carry out|do what|as (your )?instructions)\b|\b(follow|obey|execute|carry out)\b.{0,40}\b(instructions?|steps|commands?)\b.{0,40}\b(at|from|on|in)\b.{0,20}https?://",
            "It takes its instructions from a page elsewhere, which may say something else tomorrow."),
        Of("hidden-html", SkillSeverity.Review, @"<!--|style\s*=\s*[""'][^""']*(display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0|opacity\s*:\s*0|color\s*:\s*(white|#fff))|<(span|div|p)\b[^>]*\bhidden\b|^\s*\[[^\]]*\]:\s*#\s",
            "A reader of the rendered page does not see this text; the model does."),
        Of("privilege", SkillSeverity.Review, @"\bchmod\s+(-R\s+)?(0?777|[ugo]*\+s|[24]7\d\d)\b|\bsetenforce\s+0\b|\bNOPASSWD\b|\biptables\s+-F\b|\bufw\s+disable\b|--privileged\b|\bsudo\s+su\b|\bdisable\b.{0,20}\b(firewall|selinux|apparmor)\b",
            "It weakens the protection of a machine."),
        Of("listener", SkillSeverity.Block, @"\b(nc|ncat|netcat)\b.*\s-\w*[le]\w*\s|\bsocat\b.*exec:|\bbash\s+-i\b|\bmkfifo\b.*\bnc\b|\bpty\.spawn\b",
            "It opens a way into the machine."),
    ];

    private static SkillRule Of(string id, SkillSeverity severity, string pattern, string reason) =>
        new(id, severity, new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant), reason);
}
