using System.Text.RegularExpressions;

namespace ChatOps.Agent.Speech;

/// <summary>Recognises what sounds like a decision or like a command of the conversation: neither is done by voice.</summary>
internal static partial class SpokenDecision
{
    /// <summary>Whether the words say yes or no to something, or order an approval to be decided.</summary>
    public static bool IsDecision(string words) => YesOrNo().IsMatch(words) || Order().IsMatch(words);

    /// <summary>Whether the words want what runs to stop.</summary>
    public static bool IsStop(string words) => Stop().IsMatch(words);

    [GeneratedRegex(
        @"^(?:i |we )?(?:yes|yeah|yep|yup|sure|of course|absolutely|affirmative|do it|do that|go ahead|go for it|go on|proceed|ok|okay|alright|all right|fine|agreed|granted|lgtm|looks good|looks good to me|ship it|no|nope|nah|not now|no way)(?:(?: ,| \.)? .*)?$",
        RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex YesOrNo();

    [GeneratedRegex(
        @"^(?:i |we |please |hereby |can you |could you |,|\. )*(?:approve|approved|deny|denied|decline|declined|reject|rejected|confirm|confirmed|authorize|authorise|permit|grant|allow|press)(?: .*)?$",
        RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Order();

    [GeneratedRegex(
        @"^(?:stop|halt|abort|cancel|quit)(?: (?:it|that|this|everything|all|now|all of it|the command|the run|what runs))*$|^(?:never mind|nevermind|forget it)$",
        RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Stop();
}
