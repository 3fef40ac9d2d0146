using System.Globalization;
using ChatOps.Messages;
using ChatOps.Storage;

namespace ChatOps.Identity.Pairing;

/// <summary>What is said to strangers, to groups and to admins.</summary>
internal static class PairingTexts
{
    private static readonly string[] OfferedRoles = ["viewer", "operator"];

    public static RichMessage Silence { get; } = new([]);

    public static RichMessage Code(PairingRow row) => new(
    [
        new TextBlock("I do not know you here, so nothing that you send is processed. Tell an admin this code; they let you in with it:", Tone.Refused),
        new CodeBlock(row.Code),
        new TextBlock(string.Create(CultureInfo.InvariantCulture, $"It holds until {row.ExpiresAt:HH:mm} UTC. Admins: `access pair approve {row.Code} --role viewer`")),
    ]);

    public static RichMessage Crowded { get; } = Line(
        "I do not know you here, so nothing that you send is processed. Several others wait to be let in just now; ask an admin, or try again in an hour.", Tone.Refused);

    public static RichMessage Unpairable(Actor actor) => Line(
        $"I do not know you, so nothing that you send here is processed. Your identity is {actor.Key}; an admin decides who that is.", Tone.Refused);

    public static RichMessage GroupClosed(string channel, string chat) => new(
    [
        new TextBlock(
            $"This group is not admitted, so nothing said here is processed. An admin admits it in a direct message or in the console: `access group admit {channel}:{chat.Replace('`', '\'')}`", Tone.Refused),
    ]);

    public static RichMessage Welcome(string person, string role) => Line($"You are let in as {person} with the role {role}. Send /help to see what you can do.", Tone.Ok);

    public static RichMessage Card(PairingRow row, string person, string? group, Func<string, string> token, IReadOnlyList<string> roles)
    {
        var actions = OfferedRoles.Where(roles.Contains).Select((role, i) => new MessageAction(
            token($"access pair approve {row.Code} --role {role}"), $"Let in as {role}", i == 0 ? ActionStyle.Primary : ActionStyle.Plain,
            i == 0 ? null : $"{person} would be {role}: work on every machine and decide what others ask for.")).ToList();
        actions.Add(new MessageAction(token($"access pair deny {row.Code}"), "Deny", ActionStyle.Plain));
        return new RichMessage([new TextBlock("**Somebody asks to be let in.** Make sure that it is who they say: the name is their own claim.", Tone.Waiting), Fields(row, group), new ActionsBlock(actions)]);
    }

    public static RichMessage Settled(PairingRow row, string how, Tone tone) => new([new TextBlock(PlainText.Escape(how), tone), Fields(row, null)]);

    private static FieldsBlock Fields(PairingRow row, string? group)
    {
        var fields = new List<Field> { new("Name, as they say", row.Actor.DisplayName ?? "none"), new("Identity", row.Actor.Key) };
        if (group is not null) fields.Add(new("Asked in", group));
        fields.Add(new("Code", string.Create(CultureInfo.InvariantCulture, $"{row.Code}, until {row.ExpiresAt:HH:mm} UTC")));
        return new FieldsBlock(fields);
    }

    private static RichMessage Line(string text, Tone tone) => new([new TextBlock(PlainText.Escape(text), tone)]);
}
