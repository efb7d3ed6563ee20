using System.Collections.Immutable;

namespace PolicyLang.Reading;

/// <summary>What decides at one endpoint, taken apart into who is named where, so that each can be asked for by itself.</summary>
/// <param name="Openings">Who gets through, one entry for each name in each statement. Together they are the endpoint's gate.</param>
/// <param name="Assertions">Whom the proxy makes of them by statements that name them.</param>
/// <param name="Inherent">Whom the proxy makes of everybody, whatever is stated.</param>
public sealed record ReadStatements(ImmutableArray<ReadOpening> Openings, ImmutableArray<ReadAssertion> Assertions, ImmutableArray<ReadIdentity> Inherent);

/// <summary>One name in a statement that lets callers through.</summary>
/// <param name="Words">The name in the system's own words, such as <c>autogroup:admin</c>; empty where nobody is named.</param>
/// <param name="Who">Whom it stands for.</param>
/// <param name="Place">Where the name stands.</param>
/// <param name="Target">Where the statement says what is reached.</param>
/// <param name="By">How they get through, where it is not by their own name, to follow the name in a sentence; otherwise empty.</param>
public sealed record ReadOpening(string Words, Formula Who, ArtefactPlace Place, ArtefactPlace Target, string By = "");

/// <summary>One name in a statement that makes callers somebody.</summary>
/// <param name="Words">The name in the system's own words.</param>
/// <param name="Identity">Whom it makes of them.</param>
/// <param name="Target">Where the statement says whom it makes of them.</param>
/// <param name="By">How they come to be somebody, where it is not by their own name, to follow the name in a sentence; otherwise empty.</param>
public sealed record ReadAssertion(string Words, ReadIdentity Identity, ArtefactPlace Target, string By = "");
